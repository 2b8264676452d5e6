using System.Globalization;
using System.Text;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Testing.Installations;

/// <summary>A data folder with one client and one source mailing, and everything a scenario does to it from outside.</summary>
internal sealed class Installation : IDisposable
{
    /// <summary>Source mailing that recipient files name.</summary>
    public const long Source = 71000000000;

    private readonly string _root;
    private DateTime _stamp = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    private Installation(bool embeddedSink, string root, string? connectionString = null)
    {
        _root = root;
        SinkData = Data;
        EmbeddedSink = embeddedSink;
        Books = new Books(this);
        if (connectionString is not null) MoveTo(connectionString);
    }

    public string Data => Path.Combine(_root, "data");

    /// <summary>Data folder of a sink that is a process of its own; the service's unless set.</summary>
    public string SinkData { get; set; }

    public string Definitions => Path.Combine(_root, "definitions");

    public string Address { get; } = "http://127.0.0.1:" + Ports.Free().ToString(CultureInfo.InvariantCulture);

    /// <summary>Address of the operator listener: dashboard and API.</summary>
    public string OperatorAddress { get; } = "http://127.0.0.1:" + Ports.Free().ToString(CultureInfo.InvariantCulture);

    public int SinkPort { get; } = Ports.Free();

    /// <summary>Further settings of the service, as KEY=VALUE.</summary>
    public List<string> Settings { get; } = [];

    /// <summary>Environment of the service, beyond that of the test.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>The PostgreSQL database; <c>null</c> for an SQLite file in the data folder.</summary>
    public string? ConnectionString { get; private set; }

    /// <summary>Whether the service runs the sink itself.</summary>
    public bool EmbeddedSink { get; }

    public Books Books { get; }

    public static async Task<Installation> CreateAsync(
        bool embeddedSink = true, string unknown = "hold", string more = "", string? root = null, PostgresServer? server = null, bool onFile = false, string mail = "", string import = "")
    {
        if (server is null && !onFile && PostgresChoice.IsMade) server = await PostgresServer.SharedAsync();
        var installation = new Installation(embeddedSink, root ?? Directory.CreateTempSubdirectory("closedloop-scenario-").FullName, server?.CreateDatabase());
        SampleDefinitions.Write(installation.Definitions, unknown, more, import, mail);
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
        return installation;
    }

    /// <summary>Every process from now on works on that PostgreSQL database.</summary>
    public void MoveTo(string connectionString)
    {
        Books.Close();
        ConnectionString = connectionString;
        Environment["ClosedLoop__Database__Provider"] = "Postgres";
        Environment["ClosedLoop__Database__ConnectionString"] = connectionString;
    }

    /// <summary>A folder of the client, such as <c>in</c> or <c>error</c>.</summary>
    public string Folder(string name) => Path.Combine(Data, "drop", "demo", name);

    /// <summary>A final name later than all before.</summary>
    public string NextName()
    {
        _stamp = _stamp.AddSeconds(1);
        return _stamp.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "_subscribers.csv";
    }

    /// <summary>Uploads as a customer must: under a temporary name, then renamed.</summary>
    /// <returns>The final name.</returns>
    public string Drop(byte[] content, string? name = null)
    {
        name ??= NextName();
        Directory.CreateDirectory(Folder("in"));
        var temporary = Path.Combine(Folder("in"), name + ".tmp");
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, Path.Combine(Folder("in"), name));
        return name;
    }

    public string Drop(IEnumerable<string> rows, string? name = null) => Drop(FileOf(rows), name);

    /// <summary>Where <see cref="Aside"/> puts its files.</summary>
    public string AsideFolder => Path.Combine(_root, "aside");

    /// <summary>A file somewhere else, as an operator has it.</summary>
    public string Aside(string name, byte[] content)
    {
        var folder = Directory.CreateDirectory(AsideFolder).FullName;
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public static byte[] FileOf(IEnumerable<string> rows) => Encoding.UTF8.GetBytes(string.Concat(rows.Select(row => row + "\n")));

    /// <summary>One row of the client's list.</summary>
    public static string Row(string address, int wave = 501, long source = Source) =>
        string.Create(CultureInfo.InvariantCulture, $"{address};{source};{wave};Ms;Anna;\"Berg\";Gent");

    /// <summary>Runs a command on this installation.</summary>
    public Task<CommandResult> RunAsync(params IReadOnlyList<string> arguments) => CommandResult.OfAsync(Environment, [.. arguments, "--data", Data]);

    /// <summary>Cuts the export off now and waits for the eight files.</summary>
    /// <returns>The run and the files it published, by table.</returns>
    public async Task<ExportedRun> ExportAsync(SiloProcess silo)
    {
        (await RunAsync("export", "run", "demo")).Succeeded();
        var run = Books.Scalar("SELECT MAX(run_id) FROM export_run");
        await Eventually.ThatAsync("published export", () => Books.Scalar("SELECT published FROM export_run WHERE run_id = $1", run) == 1, silo);
        return ExportedRun.Read(Books, run, Folder("out"));
    }

    public void Dispose()
    {
        Books.Close();
        Directory.Delete(_root, recursive: true);
    }
}
