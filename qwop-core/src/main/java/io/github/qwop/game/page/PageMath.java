package io.github.qwop.game.page;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.SineCosine;
import java.util.function.DoubleUnaryOperator;
import org.htmlunit.corejs.javascript.Context;
import org.htmlunit.corejs.javascript.LambdaFunction;
import org.htmlunit.corejs.javascript.ScriptRuntime;
import org.htmlunit.corejs.javascript.Scriptable;
import org.htmlunit.corejs.javascript.ScriptableObject;
import org.htmlunit.corejs.javascript.TopLevel;

/**
 * Gives a page the sine and cosine of a known library. HtmlUnit's own are {@link Math}'s, whose last bit is nobody
 * else's, and the game is chaotic.
 */
final class PageMath {

    private PageMath() {}

    static void install(Context context, TopLevel scope, Trigonometry trigonometry) {
        SineCosine both = SineCosine.of(trigonometry);
        ScriptableObject math = (ScriptableObject)
                ScriptRuntime.toObject(scope, ScriptableObject.getProperty(scope.getGlobalThis(), "Math"));
        define(scope, math, "sin", both::sineOf);
        define(scope, math, "cos", both::cosineOf);
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
