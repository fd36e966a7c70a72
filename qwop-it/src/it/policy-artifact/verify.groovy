String log = new File(basedir, 'build.log').text
assert log.contains('Attached to the build: io.github.qwop.it:policy-artifact:1.4:onnx:policy')
assert log.contains('second.onnx is not attached to the build, because ')
assert new File(basedir, 'target/kept-back.onnx').exists()

// RELEASE is the last one, and the same policy is neither better nor worse from any start.
assert log =~ /baseline io\.github\.qwop\.it:policy-artifact:RELEASE:onnx:policy is .*policy-artifact-1\.4-policy\.onnx/
assert log =~ /Against the baseline of runner, .* m: \+0\.00 m, 95 % interval \+0\.00 to \+0\.00 m, start by start/
assert log.contains('; 1 of 1 gates hold.')
assert log =~ /policy io\.github\.qwop\.it:policy-artifact:1\.4:onnx:policy is .*policy-artifact-1\.4-policy\.onnx/
assert log =~ /Evaluating policy-artifact-1\.4-policy\.onnx of runner/

assert log =~ /policy is the artifact io\.github\.qwop\.it:policy-artifact:1\.3:onnx:policy, which cannot be resolved \(.*\): check the coordinates/
assert log.contains('baseline is "io.github.qwop.it:policy-artifact:1.4:jar", which is neither a file that exists nor'
        + ' coordinates: give a path, or coordinates such as com.acme:runner:1.4:onnx:policy.')
assert log.contains('betterThanBaseline asks for more than the baseline, and the difference may be as low as 0.00')
