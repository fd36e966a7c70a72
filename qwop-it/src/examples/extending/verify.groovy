import groovy.json.JsonSlurper

String log = new File(basedir, 'build.log').text
assert log.contains('Telling io.github.qwop.examples.CountedFalls how the training goes.')
List<String> rows = new File(basedir, 'target/falls.csv').readLines()
assert rows[0] == 'steps,falls'
assert rows.last() ==~ /20000,[1-9]\d*/

def spec = new JsonSlurper().parse(new File(basedir, 'target/qwop/extending/spec.json'))
assert spec.settings.rewardShaper == 'io.github.qwop.examples.CautiousReward'
assert spec.settings.gameClass == 'io.github.qwop.examples.SlowFingers'
assert spec.settings['learner.netArch'] == '128,64'
