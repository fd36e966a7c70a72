import java.util.zip.ZipFile

byte[] parameters(String run) {
    new ZipFile(new File(basedir, "target/qwop/${run}/model.zip")).withCloseable {
        it.getInputStream(it.getEntry('parameters')).bytes
    }
}

assert parameters('first').length > 10000
assert parameters('first') == parameters('second')
assert parameters('first') != parameters('other')
