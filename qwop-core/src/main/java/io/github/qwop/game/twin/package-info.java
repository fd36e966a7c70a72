/**
 * The twin: the game's physics and rules in plain Java, equal to the genuine game bit for bit.
 *
 * <p>The physics re-implements the parts of Erin Catto's Box2D that the game uses (as of Box2DFlash 2.1a, with the
 * revolute joint of the 2.0 generation), for rectangles only. Floating-point results depend on the order of operations,
 * so that order is part of each formula. TeaVM 0.15 and 0.16 lose the parentheses of a right operand of the same
 * precedence, {@code a + (b + c)}; such operands therefore stand on the left here.
 */
@NullMarked
package io.github.qwop.game.twin;

import org.jspecify.annotations.NullMarked;
