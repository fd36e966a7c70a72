import groovy.json.JsonSlurper

String log = new File(basedir, 'build.log').text
assert log.contains('Telling io.github.qwop.examples.FarthestEpisode how the training goes.')
List<String> rows = new File(basedir, 'target/farthest.csv').readLines()
assert rows[0] == 'steps,metres'
assert rows.size() == 5
assert rows.last() ==~ /20000,\d+\.\d+/

File run = new File(basedir, 'target/qwop/kotlin')
def spec = new JsonSlurper().parse(new File(run, 'spec.json'))
assert spec.settings.rewardShaper == 'io.github.qwop.examples.UprightReward'
assert spec.settings['learner.netArch'] == '128,64'
assert new File(run, 'evaluation.json').isFile()
