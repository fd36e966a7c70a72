/** Tasks on Apache Spark, in this JVM or on a cluster: the only package that knows Spark. */
@NullMarked
package io.github.qwop.cluster;

import org.jspecify.annotations.NullMarked;
