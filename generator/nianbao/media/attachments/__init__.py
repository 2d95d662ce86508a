"""What lies in a zip or hangs on a mail: files by name, with limits; nothing of it is read here."""

from nianbao.media.attachments.names import shown
from nianbao.media.attachments.unpack import KINDS, MAIL, WITHIN, Attachment, Limits, unpack

__all__ = ["KINDS", "MAIL", "WITHIN", "Attachment", "Limits", "shown", "unpack"]
