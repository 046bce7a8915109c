/* The program. Everything it can do is a row of `commands`. */
#include "app/command.h"

int main(int argc, char **argv)
{
    return command_main(argc, argv);
}
