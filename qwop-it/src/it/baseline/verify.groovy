import groovy.json.JsonSlurper

String log = new File(basedir, 'build.log').text
assert log =~ /This evaluation is the baseline from now on: -?\d+\.\d\d m/
assert log =~ /Against the baseline of a-dream, 99\.90 m: -\d+\.\d\d m, 95 % interval/
assert log.contains('1 of 1 gates fell; the goal gate will fail the build.')
assert log.contains('The gate of run baseline fell: maxDistanceDrop allows 2.50 m less than the baseline')
assert new JsonSlurper().parse(new File(basedir, 'target/baseline.json')).distances.size() == 10
def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, 'target/qwop/baseline/TEST-qwop-baseline.xml'))
assert suite.@tests == '1' && suite.@failures == '1'
assert suite.testcase.failure.@message.text().startsWith('maxDistanceDrop')
