/** Exporting a trained policy to ONNX, and proving that the file acts as the policy does. */
@NullMarked
package io.github.qwop.run.export;

import org.jspecify.annotations.NullMarked;
