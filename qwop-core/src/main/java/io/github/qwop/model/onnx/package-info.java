/** Networks as ONNX files, written as protocol-buffer messages and run by ONNX Runtime through DJL. */
@NullMarked
package io.github.qwop.model.onnx;

import org.jspecify.annotations.NullMarked;
