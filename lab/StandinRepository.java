import dev.belay.testkit.host.AptRepository;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the apt repository with the stand-in falco into a directory: the hosts' only source. */
class StandinRepository {
  public static void main(String[] args) throws IOException {
    AptRepository.writeTo(Path.of(args[0]));
  }
}
