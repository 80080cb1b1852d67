package dev.belay.core.transport.sshconfig;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The keywords of ssh_config.
 *
 * <p>Source: ssh_config(5) of OpenSSH 9.2 with Debian's GSSAPI ones, and those added up to 10.0.
 */
final class Keywords {

  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "identityfile2", "identityfile",
          "dsaauthentication", "pubkeyauthentication",
          "globalknownhostsfile2", "ignored",
          "userknownhostsfile2", "ignored");

  /** Understood here. */
  private static final Set<String> USED =
      words(
          """
          host match include hostname user port identityfile identitiesonly identityagent
          certificatefile proxyjump proxycommand userknownhostsfile globalknownhostsfile
          stricthostkeychecking hostkeyalias hashknownhosts connecttimeout serveraliveinterval
          serveralivecountmax ignoreunknown canonicalizehostname proxyusefdpass revokedhostkeys
          knownhostscommand pubkeyauthentication
          """);

  /** Known, and without effect on what is done here. */
  private static final Set<String> SKIPPED =
      words(
          """
          addkeystoagent addressfamily afstokenpassing batchmode bindaddress bindinterface
          canonicaldomains canonicalizefallbacklocal canonicalizemaxdots
          canonicalizepermittedcnames casignaturealgorithms challengeresponseauthentication
          channeltimeout checkhostip cipher ciphers clearallforwardings compression
          compressionlevel connectionattempts controlmaster controlpath controlpersist
          dynamicforward enableescapecommandline enablesshkeysign escapechar
          exitonforwardfailure fallbacktorsh fingerprinthash forkafterauthentication
          forwardagent forwardx11 forwardx11timeout forwardx11trusted gatewayports
          gssapiauthentication gssapiclientidentity gssapidelegatecredentials gssapikexalgorithms
          gssapikeyexchange gssapirenewalforcesrekey gssapiserveridentity gssapitrustdns
          hostbasedacceptedalgorithms hostbasedauthentication hostbasedkeytypes
          hostkeyalgorithms ignored ipqos kbdinteractiveauthentication kbdinteractivedevices keepalive
          kerberosauthentication kerberostgtpassing kexalgorithms localcommand localforward
          loglevel logverbose macs nohostauthenticationforlocalhost numberofpasswordprompts
          obscurekeystroketiming passwordauthentication permitlocalcommand permitremoteopen
          pkcs11provider preferredauthentications protocol protocolkeepalives
          pubkeyacceptedalgorithms pubkeyacceptedkeytypes refuseconnection rekeylimit
          remotecommand remoteforward requesttty requiredrsasize rhostsauthentication
          rhostsrsaauthentication rsaauthentication securitykeyprovider sendenv sessiontype setenv
          setuptimeout skeyauthentication smartcarddevice stdinnull streamlocalbindmask
          streamlocalbindunlink syslogfacility tag tcpkeepalive tisauthentication tunnel
          tunneldevice updatehostkeys useblacklistedkeys usekeychain useprivilegedport useroaming
          usersh verifyhostkeydns versionaddendum visualhostkey warnweakcrypto xauthlocation
          """);

  private Keywords() {}

  private static Set<String> words(String text) {
    return Set.copyOf(new HashSet<>(Arrays.asList(text.strip().split("\\s+"))));
  }

  /** Returns the name under which a keyword is kept. */
  static String canonical(String keyword) {
    String small = keyword.toLowerCase(Locale.ROOT);
    return OTHER_NAMES.getOrDefault(small, small);
  }

  static boolean isUsed(String keyword) {
    return USED.contains(keyword);
  }

  static boolean isKnown(String keyword) {
    return USED.contains(keyword) || SKIPPED.contains(keyword);
  }

  static Set<String> used() {
    return USED;
  }
}
