package ${package}

import io.github.qwop.env.EpisodeResult
import io.github.qwop.run.TrainingListener
import java.io.File

/** Writes down, at each row of the metrics, how far the training's farthest episode has come until then. */
class FarthestEpisode : TrainingListener {

    private val rows = StringBuilder("steps,metres\n")
    private var farthest = Double.NEGATIVE_INFINITY

    override fun episodeEnded(env: Int, episode: EpisodeResult) {
        farthest = maxOf(farthest, episode.info().getValue("distance"))
    }

    override fun measured(steps: Long, metrics: Map<String, Double>) {
        rows.append(steps).append(',').append(farthest).append('\n')
    }

    override fun ended(steps: Long) {
        File(System.getProperty("farthest.file")).writeText(rows.toString())
    }
}
