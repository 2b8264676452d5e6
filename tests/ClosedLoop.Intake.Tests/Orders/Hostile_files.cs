using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ClosedLoop.Intake.Orders;
using ClosedLoop.Intake.Orders.Lists;

namespace ClosedLoop.Intake.Tests.Orders;

/// <summary>
/// Files made to hurt: none makes the reader open anything but the file, none costs more than 64 MB. Reading is done by one thread, so that what it allocates in all, garbage included, can be
/// measured exactly; what it holds at a time is less.
/// </summary>
[Collection(nameof(Alone))]
public sealed class Hostile_files : IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;
    private const string CanaryText = "canary-7f3a";

    private readonly TemporaryFolder _folder = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _canary;
    private readonly string _address;

    public Hostile_files()
    {
        _listener.Start();
        _address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/x";
        _canary = _folder.Of("canary.txt");
        File.WriteAllText(_canary, CanaryText);
        // The grammar is compiled once for all orders, not for the first one measured.
        Given.Read(Given.Email);
    }

    public static TheoryData<string> Names => [.. Files("file:///c", "http://h/x").Keys];

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    [Trait("XmlCheck", "27")]
    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_order_is_refused_cheaply_and_reaches_nothing(string name)
    {
        var bytes = Files(new Uri(_canary).AbsoluteUri, _address)[name]();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = Given.Read(bytes);
        var cost = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(cost < MostBytes, $"{name} cost {cost} bytes");
        Assert.Null(reading.Order);
        Assert.NotEmpty(reading.Problems.Errors);
        Assert.All(reading.Problems.Errors, error => Assert.Matches("^E-", error.Code.Key));
        Assert.DoesNotContain(reading.Problems.Kept, problem => problem.Message.Contains(CanaryText, StringComparison.Ordinal));
        Assert.False(_listener.Pending(), "something connected");
    }

    [Fact]
    public void Schema_location_is_accepted_and_not_fetched()
    {
        var xml = Given.Email.Replace("<contactlab>", $"<contactlab xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"{_address}/contactlab.xsd\" xsi:noNamespaceSchemaLocation=\"{_address}\">", StringComparison.Ordinal);
        Assert.NotNull(Given.Read(xml).Order);
        Assert.False(_listener.Pending(), "something connected");
    }

    [Fact]
    public void Large_good_order_with_recipients_is_read_without_holding_them()
    {
        var rows = new StringBuilder();
        while (rows.Length < 19 * 1024 * 1024) rows.Append("<recipient><email>a@example.com</email><firstname>A</firstname></recipient>\n");
        var bytes = Encoding.UTF8.GetBytes(Given.Email.Replace("<recipient><email>a@example.com</email><firstname>A</firstname></recipient>", rows.ToString(), StringComparison.Ordinal));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var growth = 0L;
        var reads = 0;
        var reading = OrderReader.Read(() => new Watched(new MemoryStream(bytes), () =>
        {
            if (++reads % 256 == 0) growth = Math.Max(growth, GC.GetTotalMemory(forceFullCollection: true) - before);
        }));
        var order = Assert.IsType<Model.Orders.InlineTarget>(reading.Order!.Normal);
        Assert.InRange(order.Count, 250_000, 280_000);
        Assert.InRange(growth, 1, MostBytes / 8);
        GC.KeepAlive(rows);
    }

    [Trait("XmlCheck", "27")]
    [Theory]
    [InlineData("bomb")]
    [InlineData("two")]
    [InlineData("none")]
    [InlineData("folder")]
    [InlineData("parent")]
    [InlineData("absolute")]
    [InlineData("nested")]
    [InlineData("cut")]
    [InlineData("garbage")]
    [InlineData("directory")]
    [InlineData("lying")]
    public void Hostile_archive_is_E13_and_writes_nothing(string name)
    {
        var bytes = Archive(name);
        var problems = new OrderProblems();
        var files = Directory.GetFileSystemEntries(_folder.Path).Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        using (var rows = ListRows.Open(() => new MemoryStream(bytes), "l.zip", "utf-8", ',', OrderLimits.Default, problems))
        {
            while (rows is not null && rows.Read())
            {
                // To the end, or to where it is refused.
            }
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        var error = Assert.Single(problems.Errors);
        Assert.Equal(("E-13", "l.zip"), (error.Code.Key, error.File));
        Assert.Equal(files, Directory.GetFileSystemEntries(_folder.Path).Length);
        Assert.False(File.Exists(Path.Combine(Path.GetTempPath(), "evil.csv")));
    }

    private static Dictionary<string, Func<byte[]>> Files(string canary, string address)
    {
        var inside = Given.Email[Given.Head.Length..];
        byte[] With(string dtd, string entity = "") => Utf8(Given.Head + dtd + inside.Replace("<subject>Hello", $"<subject>{entity}Hello", StringComparison.Ordinal));
        byte[] In(string old, string spoilt) => Utf8(Given.Email.Replace(old, spoilt, StringComparison.Ordinal));
        var million = 19 * 1024 * 1024;
        return new()
        {
            ["billion laughs"] = () => With("<!DOCTYPE x [<!ENTITY a \"lol\">" + string.Concat(Enumerable.Range(0, 9).Select(i => $"<!ENTITY {(char)('b' + i)} \"{string.Concat(Enumerable.Repeat($"&{(char)('a' + i)};", 10))}\">")) + "]>", "&j;"),
            ["quadratic blow-up"] = () => With($"<!DOCTYPE x [<!ENTITY a \"{new string('a', 100_000)}\">]>", string.Concat(Enumerable.Repeat("&a;", 10_000))),
            ["external entity"] = () => With($"<!DOCTYPE x [<!ENTITY a SYSTEM \"{canary}\">]>", "&a;"),
            ["external entity over http"] = () => With($"<!DOCTYPE x [<!ENTITY a SYSTEM \"{address}\">]>", "&a;"),
            ["parameter entity"] = () => With($"<!DOCTYPE x [<!ENTITY % p SYSTEM \"{address}\">%p;]>"),
            ["external subset"] = () => With($"<!DOCTYPE contactlab SYSTEM \"{address}\">"),
            ["public subset"] = () => With($"<!DOCTYPE contactlab PUBLIC \"-//x\" \"{address}\">"),
            ["entity without DTD"] = () => With("", "&secret;"),
            ["XInclude"] = () => In("<retry/>", $"<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"{canary}\" parse=\"text\"/>"),
            ["XInclude as content"] = () => In("<![CDATA[<p>Hi</p>]]>", $"<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"{address}\"/>"),
            ["type substitution"] = () => In("<retry/>", "<retry xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"x\"/>"),
            ["deep nesting, unknown"] = () => In("<retry/>", string.Concat(Enumerable.Repeat("<a>", 2_000_000))),
            ["deep nesting, in a field"] = () => In("<firstname>A", "<firstname>" + string.Concat(Enumerable.Repeat("<a>", 2_000_000))),
            ["many unknown names"] = () => In("<retry/>", "<odd>" + string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"<n{i}/>")) + "</odd>"),
            ["many unknown elements"] = () => In("<retry/>", string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"<n{i}/>"))),
            ["many fields"] = () => In("<firstname>A</firstname>", string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"<f{i}>1</f{i}>"))),
            ["fields that differ by row"] = () => In("</new_recipients>", string.Concat(Enumerable.Range(0, 300_000).Select(i => $"<recipient><f{i}>1</f{i}></recipient>")) + "</new_recipients>"),
            ["huge attribute"] = () => In("<retry/>", $"<retry a=\"{new string('a', million)}\"/>"),
            ["many attributes"] = () => In("<retry/>", "<retry " + string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $" a{i}=''")) + "/>"),
            ["many namespaces"] = () => In("<retry/>", "<retry " + string.Concat(Enumerable.Range(0, 400_000).Select(i => $" xmlns:a{i}='urn:{i}'")) + "/>"),
            ["huge name"] = () => In("<retry/>", $"<{new string('a', million)}/>"),
            ["huge text in a value"] = () => In("<subject>Hello", $"<subject>{new string('a', million)}"),
            ["huge text in content"] = () => In("<p>Hi</p>", new string('a', million)),
            ["huge text in a container"] = () => In("<retry/>", new string('a', million)),
            ["huge comment and too long a file"] = () => In("<retry/>", $"<!--{new string('a', 2 * million)}-->"),
            ["many processing instructions"] = () => In("<retry/>", string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"<?p{i}?>"))),
            ["nothing but placeholders"] = () => In("<p>Hi</p>", string.Concat(Enumerable.Range(0, 300_000).Select(i => $"${{{i}$@(^(<@"))),
            ["UTF-16 little endian"] = () => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Given.Email)],
            ["UTF-16 big endian without mark"] = () => Encoding.BigEndianUnicode.GetBytes(Given.Email),
            ["UTF-32"] = () => Encoding.UTF32.GetBytes(Given.Email),
            ["UTF-7 declared"] = () => In("encoding=\"utf-8\"", "encoding=\"utf-7\""),
            ["UTF-7 bytes"] = () => Encoding.ASCII.GetBytes(Given.Email.Replace("<", "+ADw-", StringComparison.Ordinal).Replace(">", "+AD4-", StringComparison.Ordinal)),
            ["another charset declared"] = () => In("encoding=\"utf-8\"", "encoding=\"ibm037\""),
            ["mark and declaration disagree"] = () => [0xEF, 0xBB, 0xBF, .. In("encoding=\"utf-8\"", "encoding=\"shift_jis\"")],
            ["overlong UTF-8"] = () => Bytes("Hello", [0xC0, 0xBC]),
            ["broken UTF-8"] = () => Bytes("Hello", [0xE4, 0x20]),
            ["NUL"] = () => Bytes("Hello", [0]),
            ["control character by reference"] = () => In("Hello", "&#1;"),
            ["surrogate by reference"] = () => In("Hello", "&#xD800;"),
            ["second root"] = () => Utf8(Given.Email + "<contactlab/>"),
            ["stylesheet and text behind the end"] = () => Utf8(Given.Email.Replace("<contactlab>", $"<?xml-stylesheet href=\"{address}\"?><contactlab>", StringComparison.Ordinal) + "tail"),
        };
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Bytes(string word, byte[] instead)
    {
        var at = Given.Email.IndexOf(word, StringComparison.Ordinal);
        return [.. Utf8(Given.Email[..at]), .. instead, .. Utf8(Given.Email[(at + word.Length)..])];
    }

    private static byte[] Archive(string name)
    {
        (string, byte[])[] entries = name switch
        {
            "bomb" => [("l.csv", [.. "email\n"u8, .. Enumerable.Repeat((byte)'\n', 30_000_000)])],
            "two" => [("a.csv", Utf8("email\na@b.example\n")), ("b.csv", Utf8("email\na@b.example\n"))],
            "folder" => [("a/", [])],
            "parent" => [("../../tmp/evil.csv", Utf8("email\na@b.example\n"))],
            "absolute" => [("/tmp/evil.csv", Utf8("email\na@b.example\n"))],
            "nested" => [("l.zip", Zip(("l.csv", Utf8("email\na@b.example\n"))))],
            "directory" => [.. Enumerable.Range(0, 2000).Select(i => ($"{i}-{new string('x', 60)}", Array.Empty<byte>()))],
            "none" => [],
            _ => [("l.csv", Utf8("email\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"a{i * 7919}@b{i}.example\n"))))],
        };
        var zip = Zip(entries);
        switch (name)
        {
            case "cut":
                return zip[..(zip.Length / 2)];
            case "garbage":
                for (var i = 60; i < 5000; i++) zip[i] ^= 0x5A;
                return zip;
            case "lying":
                // The directory says the list is ten bytes long; what comes out says otherwise.
                var at = zip.AsSpan().LastIndexOf("PK\x01\x02"u8);
                BitConverter.TryWriteBytes(zip.AsSpan(at + 20), 10);
                BitConverter.TryWriteBytes(zip.AsSpan(at + 24), 10);
                return zip;
            default:
                return zip;
        }
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return memory.ToArray();
    }

    private sealed class Watched(Stream inner, Action look) : BufferedReadStream(inner)
    {
        public override int Read(Span<byte> buffer)
        {
            look();
            return base.Read(buffer);
        }
    }
}
