/** The documentation site: its generated pages are up to date, and its links lead somewhere. */
@NullMarked
package io.github.qwop.site;

import org.jspecify.annotations.NullMarked;
