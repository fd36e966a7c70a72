package io.github.qwop.game.page;

import java.util.function.DoubleUnaryOperator;
import org.htmlunit.corejs.javascript.Context;
import org.htmlunit.corejs.javascript.LambdaFunction;
import org.htmlunit.corejs.javascript.ScriptRuntime;
import org.htmlunit.corejs.javascript.Scriptable;
import org.htmlunit.corejs.javascript.ScriptableObject;
import org.htmlunit.corejs.javascript.TopLevel;

/**
 * Gives a page fdlibm's sine and cosine (Sun Microsystems, 1993), which is what {@link StrictMath} is defined by and
 * what V8 computes. HtmlUnit's own are {@link Math}'s, whose last bit differs, and the game is chaotic.
 */
final class FdlibmMath {

    private FdlibmMath() {}

    static void install(Context context, TopLevel scope) {
        ScriptableObject math = (ScriptableObject)
                ScriptRuntime.toObject(scope, ScriptableObject.getProperty(scope.getGlobalThis(), "Math"));
        define(scope, math, "sin", StrictMath::sin);
        define(scope, math, "cos", StrictMath::cos);
    }

    private static void define(TopLevel scope, Scriptable math, String name, DoubleUnaryOperator function) {
        math.put(
                name,
                math,
                new LambdaFunction(
                        scope,
                        name,
                        1,
                        (context, callScope, self, arguments) ->
                                function.applyAsDouble(ScriptRuntime.toNumber(arguments, 0)),
                        false));
    }
}
