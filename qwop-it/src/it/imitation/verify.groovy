import groovy.json.JsonSlurper

File runs = new File(basedir, 'target/qwop')
['clone/best.zip', 'clone/model.zip', 'improve/best.zip', 'improve/model.zip'].each {
    assert new File(runs, it).isFile(): it
}
assert new JsonSlurper().parse(new File(runs, 'clone/evaluation.json')).episodes.size() == 5

String log = new File(basedir, 'build.log').text
assert log =~ /Demonstrations: [\d,]+ steps of \d+ episodes from \d+ files, mean distance -?\d+\.\d\d m\./
assert log =~ /algorithm +bc -> ppo/

// The imitator agrees with the ones it watched more often than chance would.
def rows = new File(runs, 'clone/metrics.jsonl').readLines().collect { new JsonSlurper().parseText(it) }
def last = rows.findAll { it['train/neglogp'] != null }.last()['train/neglogp']
assert last < Math.log(9)
