File run = new File(basedir, 'target/qwop/search')
assert new File(run, 'search').list().sort() == ['canonical.gif', 'canonical.html', 'canonical.qwop']
def told = new groovy.json.JsonSlurper().parse(new File(run, 'search.json'))
assert told.starts[0].reached && told.starts[0].seconds <= 5
assert told.human.size() == 10
def log = new File(basedir, 'build.log').text
assert log.contains('canonical: 1 m in ')
assert log.contains('rollouts are played with a simple gait')
