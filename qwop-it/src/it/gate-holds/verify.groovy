String log = new File(basedir, 'build.log').text
assert log.contains('; 4 of 4 gates hold.')
assert log.contains('All 4 gates of gate-holds hold.')
def suite = new groovy.xml.XmlSlurper().parse(new File(basedir, 'target/qwop/gate-holds/TEST-qwop-gate-holds.xml'))
assert suite.@tests == '4' && suite.@failures == '0'
