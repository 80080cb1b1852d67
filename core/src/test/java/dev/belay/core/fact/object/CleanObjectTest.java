package dev.belay.core.fact.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CleanObjectTest {

  private static ObjectContent json(String text) {
    return ObjectContent.ofJson(text.replace('\'', '"'));
  }

  static Stream<Arguments> objects() {
    return Stream.of(
        Arguments.of(
            "what the server says of every object",
            "{'kind':'Role','metadata':{'name':'r','namespace':'n','uid':'u','resourceVersion':'7',"
                + "'creationTimestamp':'t','generation':3,'managedFields':[{}],'selfLink':'/x',"
                + "'deletionTimestamp':'t','deletionGracePeriodSeconds':30,"
                + "'ownerReferences':[{'uid':'o'}],'labels':{'a':'b'},'finalizers':['f/x'],"
                + "'annotations':{'mine':'1'}},'rules':[{'verbs':['*']}]}",
            "{'kind':'Role','metadata':{'name':'r','namespace':'n','labels':{'a':'b'},"
                + "'finalizers':['f/x'],'annotations':{'mine':'1'}},'rules':[{'verbs':['*']}]}"),
        Arguments.of(
            "node, token, tolerations and status of a pod",
            "{'kind':'Pod','metadata':{'name':'p','annotations':"
                + "{'cni.projectcalico.org/podIP':'1.2.3.4/32'}},'spec':{'nodeName':'cp1',"
                + "'serviceAccount':'default','serviceAccountName':'default','priority':0,"
                + "'preemptionPolicy':'PreemptLowerPriority',"
                + "'ephemeralContainers':[{'name':'debug'}],"
                + "'containers':[{'name':'c','volumeMounts':[{'name':'kube-api-access-x7k2p',"
                + "'mountPath':'/var/run/secrets/kubernetes.io/serviceaccount'},"
                + "{'name':'cache','mountPath':'/cache'}]}],"
                + "'initContainers':[{'name':'i','volumeMounts':[{'name':'kube-api-access-x7k2p',"
                + "'mountPath':'/var/run/secrets/kubernetes.io/serviceaccount'}]}],"
                + "'volumes':[{'name':'cache','emptyDir':{}},{'name':'kube-api-access-x7k2p',"
                + "'projected':{}}],'tolerations':[{'key':'mine','operator':'Exists'},"
                + "{'key':'node.kubernetes.io/not-ready','operator':'Exists','effect':'NoExecute',"
                + "'tolerationSeconds':300},{'key':'node.kubernetes.io/unreachable',"
                + "'operator':'Exists','effect':'NoExecute','tolerationSeconds':300}]},"
                + "'status':{'phase':'Running'}}",
            "{'kind':'Pod','metadata':{'name':'p'},'spec':{'serviceAccountName':'default',"
                + "'containers':[{'name':'c','volumeMounts':[{'name':'cache',"
                + "'mountPath':'/cache'}]}],'initContainers':[{'name':'i'}],"
                + "'volumes':[{'name':'cache','emptyDir':{}}],"
                + "'tolerations':[{'key':'mine','operator':'Exists'}]}}"),
        Arguments.of(
            "the token of Kubernetes 1.20",
            "{'kind':'Pod','metadata':{'name':'p'},'spec':{'containers':[{'name':'c',"
                + "'volumeMounts':[{'name':'default-token-2bzqs',"
                + "'mountPath':'/var/run/secrets/kubernetes.io/serviceaccount'}]}],"
                + "'volumes':[{'name':'default-token-2bzqs','secret':{}}]}}",
            "{'kind':'Pod','metadata':{'name':'p'},'spec':{'containers':[{'name':'c'}]}}"),
        Arguments.of(
            "no volume that an author mounted somewhere else, no toleration that he chose",
            "{'kind':'Pod','metadata':{'name':'p'},'spec':{'containers':[{'name':'c',"
                + "'volumeMounts':[{'name':'kube-api-access-mine1','mountPath':'/token'}]}],"
                + "'volumes':[{'name':'kube-api-access-mine1','projected':{}}],"
                + "'tolerations':[{'key':'node.kubernetes.io/not-ready','operator':'Exists',"
                + "'effect':'NoExecute','tolerationSeconds':20}]}}",
            "{'kind':'Pod','metadata':{'name':'p'},'spec':{'containers':[{'name':'c',"
                + "'volumeMounts':[{'name':'kube-api-access-mine1','mountPath':'/token'}]}],"
                + "'volumes':[{'name':'kube-api-access-mine1','projected':{}}],"
                + "'tolerations':[{'key':'node.kubernetes.io/not-ready','operator':'Exists',"
                + "'effect':'NoExecute','tolerationSeconds':20}]}}"),
        Arguments.of(
            "what the job controller adds",
            "{'kind':'Job','metadata':{'name':'j','labels':{'controller-uid':'u','a':'b'}},"
                + "'spec':{'selector':{'matchLabels':{'controller-uid':'u'}},'template':"
                + "{'metadata':{'labels':{'controller-uid':'u','job-name':'j'}}}}}",
            "{'kind':'Job','metadata':{'name':'j','labels':{'a':'b'}},"
                + "'spec':{'template':{'metadata':{'labels':{'job-name':'j'}}}}}"),
        Arguments.of(
            "the tokens of a service account, not its other secrets",
            "{'kind':'ServiceAccount','metadata':{'name':'a'},"
                + "'secrets':[{'name':'a-token-2bzqs'},{'name':'registry'}]}",
            "{'kind':'ServiceAccount','metadata':{'name':'a'},'secrets':[{'name':'registry'}]}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("objects")
  void takesAway(String what, String live, String clean) {
    assertThat(json(live).clean()).as(what).isEqualTo(json(clean));
    assertThat(json(clean).clean()).as("again: " + what).isEqualTo(json(clean));
  }

  @Test
  void showsItAsAManifest() {
    ObjectContent object =
        json(
            "{'kind':'Role','metadata':{'name':'yes','labels':{},'annotations':{'a b':'x: y'}},"
                + "'rules':[{'verbs':['get','*'],'max':7},'x',[1]],'t':true}");
    assertThat(object.shown().text())
        .contains(
            """
            kind: Role
            metadata:
              name: "yes"
              labels: {}
              annotations:
                "a b": "x: y"
            rules:
            - verbs:
              - get
              - "*"
              max: 7
            - x
            - [1]
            t: true
            """);
  }

  @Test
  void showsNothingOfASecret() {
    ObjectContent secret =
        json("{'kind':'Secret','metadata':{'name':'s'},'data':{'p':'aHVzaA=='}}");
    assertThat(secret.shown().secret()).isTrue();
    assertThat(secret.toString()).isEqualTo("Secret s");
  }
}
