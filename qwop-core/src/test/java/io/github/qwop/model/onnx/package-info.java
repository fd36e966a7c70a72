/** Tests of the exported form. */
@NullMarked
package io.github.qwop.model.onnx;

import org.jspecify.annotations.NullMarked;
