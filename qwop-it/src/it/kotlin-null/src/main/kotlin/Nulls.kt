import io.github.qwop.game.Game
import io.github.qwop.run.RunSpec

fun readNothing(game: Game) = game.readBodies(null, 0)

fun shaperOf(spec: RunSpec): String = spec.rewardShaper()
