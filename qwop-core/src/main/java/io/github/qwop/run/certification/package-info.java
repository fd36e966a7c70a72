/** Certification: recorded episodes played again on a page, compared with the twin at every update. */
@NullMarked
package io.github.qwop.run.certification;

import org.jspecify.annotations.NullMarked;
