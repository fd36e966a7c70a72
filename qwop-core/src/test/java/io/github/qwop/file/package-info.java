@NullMarked
package io.github.qwop.file;

import org.jspecify.annotations.NullMarked;
