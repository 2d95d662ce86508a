/* Starts the program that lies in runtime/ beside this file, wherever that is: a double click, a link or a path. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[65536];

int main(int count, char **words) {
    const size_t room = sizeof path - sizeof "/runtime/bin/" PYTHON;
    ssize_t length = readlink("/proc/self/exe", path, room);
    char **given = calloc(count + 4, sizeof *given);
    if (length <= 0 || (size_t)length == room || given == NULL)
        return fputs("错误 找不到程序所在的文件夹，或内存不够。\n", stderr), 3;
    path[length] = '\0';
    strcpy(strrchr(path, '/'), "/runtime/bin/" PYTHON);
    given[0] = path;
    given[1] = "-I"; /* nothing of another Python on this machine */
    given[2] = "-m";
    given[3] = "nianbao.entry";
    memcpy(given + 4, words + 1, count * sizeof *given);
    execv(path, given);
    fprintf(stderr, "错误 启动不了 %s：%s。请把文件夹整个重新解开一次。\n", path, strerror(errno));
    return 3;
}
