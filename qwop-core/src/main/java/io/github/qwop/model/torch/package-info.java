/**
 * Tensors from files that PyTorch saved, without PyTorch and without running anything that such a file asks for. Of the
 * pickle inside only what a state dict of tensors holds is accepted.
 */
@NullMarked
package io.github.qwop.model.torch;

import org.jspecify.annotations.NullMarked;
