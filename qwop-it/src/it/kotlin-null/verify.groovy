String log = new File(basedir, 'build.log').text
assert log =~ /Nulls\.kt:4:\d+ Null cannot be a value of a non-null type 'DoubleArray'/
assert log =~ /Nulls\.kt:6:\d+ Return type mismatch: expected 'String', actual 'String\?'/
