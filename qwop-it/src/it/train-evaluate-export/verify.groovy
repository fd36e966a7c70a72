import groovy.json.JsonSlurper

File run = new File(basedir, 'target/qwop/train-evaluate-export')
['spec.json', 'metrics.csv', 'metrics.jsonl', 'best.zip', 'model.zip', 'policy.onnx', 'checkpoints/model_20000_steps.zip'].each {
    assert new File(run, it).isFile(): it
}
def evaluation = new JsonSlurper().parse(new File(run, 'evaluation.json'))
assert evaluation.episodes.size() == 10
assert evaluation.trained.meanDistance instanceof Number
assert evaluation.gates[0].passed

String log = new File(basedir, 'build.log').text
assert log.contains('is trained already with these settings')
assert log.contains('0 actions differ')
assert log.contains('Mean distance:')
