using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Mime;

public sealed class IndependentParserTests
{
    private const int Seed = 5322;
    private const int Count = 10_000;

    /// <summary>Reads one JSON object a line and names what Python's parser, raising on every defect, makes different of it.</summary>
    private const string Script = """
        import sys, json, base64, email, email.policy
        # Before 3.13 this parser shows the white space between two encoded words of a name, against RFC 2047 section 6.2.
        def joined(name): return name.replace(' ', '') if len(name.encode()) > 40 else name
        policy = email.policy.SMTP.clone(raise_on_defect=True)
        for number, line in enumerate(sys.stdin):
            want = json.loads(line)
            try:
                m = email.message_from_bytes(base64.b64decode(want['raw']), policy=policy)
                got = {'subject': str(m['subject']), 'name': m['to'].addresses[0].display_name, 'address': m['to'].addresses[0].addr_spec}
                for name, value in m.items():
                    if value.defects: raise Exception(name + ' ' + str(value.defects))
                for kind, key in (('plain', 'text'), ('html', 'html')):
                    part = m.get_body(preferencelist=(kind,))
                    got[key] = '' if part is None else part.get_content().replace('\r\n', '\n')
                files = []
                for part in m.walk():
                    if part.defects: raise Exception(str(part.defects))
                    if part.get_content_disposition() in ('attachment', 'inline'):
                        files.append('|'.join([part.get_filename(), part.get_content_type(), (part['content-id'] or '').strip('<>'), base64.b64encode(part.get_payload(decode=True)).decode()]))
                        if part.get_param('name', header='content-type') is None: raise Exception('no name')
                if files != want['files']: raise Exception('files: %r is not %r' % (files, want['files']))
                for key, value in got.items():
                    a, b = (value.rstrip('\n'), want[key].rstrip('\n')) if key != 'name' else (joined(value), joined(want[key]))
                    if a != b: raise Exception('%s: %r is not %r' % (key, a, b))
            except Exception as e:
                print(number, type(e).__name__, e)
        print('done', number + 1)
        """;

    [NeedsPythonFact]
    public async Task Pythons_strict_parser_finds_no_defect_and_the_same_content() =>
        Assert.Equal($"done {Count}", await PythonReader.RunAsync(Script, Generated.Messages(Seed, Count).Select(m => m.Expected.ToJsonString())));

    [Fact]
    public void Own_reader_finds_the_same_content()
    {
        foreach (var (raw, expected) in Generated.Messages(Seed, 1000))
        {
            var message = MimeMessage.Parse(raw);
            Assert.Equal((string?)expected["subject"], message.Headers["Subject"]);
            if (!System.Text.Ascii.IsValid((string)expected["name"]!))
                Assert.Equal($"{expected["name"]} <{expected["address"]}>", message.Headers["To"]);

            // Without a text of its own a message shows the first inline file that is text.
            if (expected["files"]!.AsArray().Count > 0)
                continue;
            Assert.Equal(((string?)expected["text"])!.TrimEnd('\n'), (message.TextBody ?? "").ReplaceLineEndings("\n").TrimEnd('\n'));
            Assert.Equal(((string?)expected["html"])!.TrimEnd('\n'), (message.HtmlBody ?? "").ReplaceLineEndings("\n").TrimEnd('\n'));
        }
    }
}
