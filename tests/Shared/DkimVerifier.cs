namespace ClosedLoop.Testing;

/// <summary>An independent verifier of DKIM signatures: Debian's dkimpy.</summary>
internal static class DkimVerifier
{
    /// <summary>Verifies so many signatures of each message; the first line holds the DNS.</summary>
    private const string Script = """
        import sys, json, base64, dkim
        head = json.loads(sys.stdin.readline())
        good = bad = 0
        for number, line in enumerate(sys.stdin):
            raw = base64.b64decode(line)
            for index in range(head['signatures']):
                try:
                    ok = dkim.DKIM(raw).verify(idx=index, dnsfunc=lambda name, timeout=5: head['dns'][name.decode().rstrip('.')].encode())
                except Exception as e:
                    ok = False
                    print(number, index, type(e).__name__, e)
                if ok: good += 1
                else:
                    bad += 1
                    print(number, index)
        print('good', good, 'bad', bad)
        """;

    /// <summary>A line for each signature that does not verify, then <c>good N bad N</c>.</summary>
    /// <param name="dns">TXT records by name.</param>
    /// <param name="messages">Whole messages.</param>
    /// <param name="signatures">Signatures of each, counted from its top.</param>
    public static Task<string> RunAsync(System.Text.Json.Nodes.JsonObject dns, IEnumerable<byte[]> messages, int signatures = 2)
    {
        var head = new System.Text.Json.Nodes.JsonObject { ["dns"] = dns, ["signatures"] = signatures }.ToJsonString();
        return PythonReader.RunAsync(Script, messages.Select(Convert.ToBase64String).Prepend(head));
    }
}
