/** Networks: tensors and gradients by DJL's PyTorch engine, acting in plain Java, and the ONNX form of both. */
@NullMarked
package io.github.qwop.model;

import org.jspecify.annotations.NullMarked;
