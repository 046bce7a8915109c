/* A tree as a YAML file that people can read on, and that reads back as the same tree. */
#ifndef LOAD_TREE_WRITE_H
#define LOAD_TREE_WRITE_H

#include "base/buf.h"
#include "load/tree.h"

void tree_write(const struct tree_node *node, struct buf *out);

#endif
