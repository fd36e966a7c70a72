/** Files that may be anything: what they are is looked at before they are read. */
@NullMarked
package io.github.qwop.file;

import org.jspecify.annotations.NullMarked;
