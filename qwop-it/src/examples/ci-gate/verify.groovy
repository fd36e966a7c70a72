String log = new File(basedir, 'build.log').text
assert log =~ /Against the baseline of quickstart, \d+\.\d\d m: \+0\.00 m, 95 % interval/
assert log.contains('All 3 gates of ci-gate hold.')
def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, 'target/qwop/ci-gate/TEST-qwop-ci-gate.xml'))
assert suite.@tests == '3' && suite.@failures == '0'
