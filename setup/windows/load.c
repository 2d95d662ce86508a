/* Opens libraries by the names it is given, the ones that WeasyPrint tries, as it does; then has Pango lay
   out a line of Chinese in a font of a folder, as the program's own fontconfig file has it.

   load PANGO-FOLDER FONTCONFIG-FILE FAMILY NAME…        (NAME may be several with commas: the first that opens) */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#define FROM_DEFAULT 0x00001000 /* LOAD_LIBRARY_SEARCH_DEFAULT_DIRS, as WeasyPrint has it */

static HMODULE opened[16];
static int count;

static FARPROC find(const char *name) {
    for (int at = 0; at < count; at++) {
        FARPROC found = GetProcAddress(opened[at], name);
        if (found) return found;
    }
    fprintf(stderr, "no function %s\n", name);
    exit(1);
}

/* As cffi has it: a name with a dot as it is, then what ctypes finds of that name, or with .dll, by PATH. */
static int open_one(char *names, const wchar_t *folder) {
    for (char *name = strtok(names, ","); name; name = strtok(NULL, ",")) {
        wchar_t path[1024];
        swprintf(path, 1024, L"%ls\\%hs.dll", folder, name);
        opened[count] = strchr(name, '.') ? LoadLibraryExA(name, NULL, FROM_DEFAULT) : NULL;
        if (!opened[count] && GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES)
            opened[count] = LoadLibraryExW(path, NULL, FROM_DEFAULT);
        if (opened[count]) {
            printf("%s\n", name);
            return ++count;
        }
    }
    return 0;
}

int wmain(int given, wchar_t **words) {
    if (given < 5 || !AddDllDirectory(words[1])) return 2;
    _wputenv_s(L"FONTCONFIG_FILE", words[2]);
    for (int at = 4; at < given; at++) {
        char names[1024];
        WideCharToMultiByte(CP_UTF8, 0, words[at], -1, names, sizeof names, NULL, NULL);
        if (!open_one(names, words[1])) return fprintf(stderr, "%ls: not opened, error %lu\n", words[at], GetLastError()), 1;
    }
    char family[256];
    WideCharToMultiByte(CP_UTF8, 0, words[3], -1, family, sizeof family, NULL, NULL);
    void *map = ((void *(*)(void))find("pango_ft2_font_map_new"))();
    void *context = ((void *(*)(void *))find("pango_font_map_create_context"))(map);
    void *layout = ((void *(*)(void *))find("pango_layout_new"))(context);
    void *font = ((void *(*)(const char *))find("pango_font_description_from_string"))(strcat(family, " 16"));
    ((void (*)(void *, void *))find("pango_layout_set_font_description"))(layout, font);
    ((void (*)(void *, const char *, int))find("pango_layout_set_text"))(layout, "政府信息公开 2025 年", -1);
    int width, height;
    ((void (*)(void *, int *, int *))find("pango_layout_get_pixel_size"))(layout, &width, &height);
    int unknown = ((int (*)(void *))find("pango_layout_get_unknown_glyphs_count"))(layout);
    void *face = ((void *(*)(void *, void *, void *))find("pango_font_map_load_font"))(map, context, font);
    void *told = ((void *(*)(void *))find("pango_font_describe"))(face);
    printf("%s: %d x %d, %d unknown\n", ((char *(*)(void *))find("pango_font_description_get_family"))(told) ?
           ((char *(*)(void *))find("pango_font_description_to_string"))(told) : "", width, height, unknown);
    return unknown || !width;
}
