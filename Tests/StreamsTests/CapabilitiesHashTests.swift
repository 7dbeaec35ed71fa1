// The hash of capabilities, by the examples of its document.

import Streams
import Testing
import XML
import XMPP

@Suite struct CapabilitiesHashTests {
    private func info(_ text: String) throws -> DiscoInfo {
        let element = try Element(parsing: "<query xmlns='http://jabber.org/protocol/disco#info'>\(text)</query>")
        return try #require(DiscoInfo(reading: element))
    }

    // XEP-0115 §5.2
    @Test func theSimpleExample() throws {
        let exodus = try info(
            """
            <identity category='client' type='pc' name='Exodus 0.9.1'/>
            <feature var='http://jabber.org/protocol/muc'/>
            <feature var='http://jabber.org/protocol/disco#info'/>
            <feature var='http://jabber.org/protocol/disco#items'/>
            <feature var='http://jabber.org/protocol/caps'/>
            """)
        #expect(CapabilitiesHash.ver(of: exodus) == "QgayPKawpkPSDYmwT/WM94uAlu0=")
    }

    private let psi = """
        <identity xml:lang='en' category='client' name='Psi 0.11' type='pc'/>
        <identity xml:lang='el' category='client' name='Ψ 0.11' type='pc'/>
        <feature var='http://jabber.org/protocol/caps'/>
        <feature var='http://jabber.org/protocol/disco#info'/>
        <feature var='http://jabber.org/protocol/disco#items'/>
        <feature var='http://jabber.org/protocol/muc'/>
        """
    private let software = """
        <x xmlns='jabber:x:data' type='result'>
        <field var='FORM_TYPE' type='hidden'><value>urn:xmpp:dataforms:softwareinfo</value></field>
        <field var='software'><value>Psi</value></field>
        <field var='ip_version' type='text-multi'><value>ipv6</value><value>ipv4</value></field>
        <field var='os'><value>Mac</value></field>
        <field var='software_version'><value>0.11</value></field>
        <field var='os_version'><value>10.5.1</value></field>
        </x>
        """

    // XEP-0115 §5.3
    @Test func theComplexExample() throws {
        #expect(CapabilitiesHash.ver(of: try info(psi + software)) == "q07IKJEyjvHSyhy//CH0CxmKi8w=")
    }

    // XEP-0115 §5.4
    @Test func aFormWithoutAHiddenTypeIsPassedOver() throws {
        let plain = "<x xmlns='jabber:x:data' type='result'><field var='a'><value>b</value></field></x>"
        let shown = software.replacing(" type='hidden'", with: "")
        let ver = CapabilitiesHash.ver(of: try info(psi))
        #expect(CapabilitiesHash.ver(of: try info(psi + plain + shown)) == ver)
    }

    // XEP-0115 §5.4
    @Test func anIllFormedAnswerHasNoHash() throws {
        let feature = "<feature var='http://jabber.org/protocol/muc'/>"
        let identity = "<identity xml:lang='en' category='client' name='Psi 0.11' type='pc'/>"
        let two = software.replacing("softwareinfo</value>", with: "softwareinfo</value><value>b</value>")
        for more in [feature, identity, software + software, two] {
            #expect(CapabilitiesHash.ver(of: try info(psi + more)) == nil)
        }
    }

    /// The sign that ends each entry takes no part in the order.
    @Test func entriesAreOrderedByTheirOwnBytes() throws {
        let info = try info("<identity category='a-b' type='x'/><identity category='a' type='x'/>")
        #expect(info.verificationString == "a/x//<a-b/x//<")
        #expect(
            DiscoInfo(features: ["urn:a+notify", "urn:a"]).verificationString == "urn:a<urn:a+notify<")
    }
}
