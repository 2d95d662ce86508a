"""A template as its reports may be published: what nobody sees on paper does not go out with them."""

from nianbao.media.word.publication.package import Publishable, damaged, publishable

__all__ = ["Publishable", "damaged", "publishable"]
