using System.Globalization;
using System.Text;
using ClosedLoop.Data.Exports;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Responses.Export;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Responses.Tests.Export;

/// <summary>A database, an export on it, and what lies in the client's <c>out</c> folder.</summary>
internal sealed class ExportTest : IAsyncDisposable
{
    private ExportTest(ResponseDatabase data)
    {
        Data = data;
        Service = NewService();
    }

    public ResponseDatabase Data { get; }

    public FixedLinks Links { get; } = new();

    public ExportService Service { get; private set; }

    public ClientDefinition Client { get; private set; } = ResponseDatabase.Client;

    public ExportOptions Options => new() { DropFolder = Path.Combine(Data.FolderPath, "drop") };

    public string Out => Path.Combine(Data.FolderPath, "drop", "shop", "out");

    public static async Task<ExportTest> CreateAsync(Func<ExportSettings, ExportSettings>? settings = null, string start = "2026-03-02 09:00:00")
    {
        var test = new ExportTest(new ResponseDatabase(start));
        await test.ApplyAsync(settings ?? (same => same));
        return test;
    }

    public async Task ApplyAsync(Func<ExportSettings, ExportSettings> settings)
    {
        Client = Client with { Export = settings(Client.Export) };
        await Data.Definitions.ApplyAsync(Client);
    }

    public async Task ApplyAsync(ListDefinition list, Func<ExportSettings, ExportSettings> settings)
    {
        Client = Client with { List = list };
        await ApplyAsync(settings);
    }

    public void Restart()
    {
        Service.Dispose();
        Service = NewService();
    }

    public Task<ExportRun> RunAsync() => Service.RunAsync(Client);

    /// <summary>Text of a published file.</summary>
    public string Published(string name) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(Path.Combine(Out, name)));

    /// <summary>Rows of a published file without header, split into unquoted values; NULL is <c>null</c>.</summary>
    public List<string?[]> Rows(string label, string table) =>
        [.. Published($"{label}_{table}.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Split)];

    /// <summary>All files written again, by name.</summary>
    public async Task<Dictionary<string, byte[]>> RebuildAsync(long runId)
    {
        var folder = Path.Combine(Data.FolderPath, "rebuilt-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));
        var manifest = await Service.RebuildAsync(runId, folder);
        return manifest.Files.ToDictionary(file => file.Name, file => File.ReadAllBytes(Path.Combine(folder, file.Name)));
    }

    public async Task AssertRebuildsIdenticalAsync(long runId)
    {
        foreach (var (name, bytes) in await RebuildAsync(runId)) Assert.Equal(Published(name), Encoding.UTF8.GetString(bytes));
    }

    public async ValueTask DisposeAsync()
    {
        Service.Dispose();
        await Data.DisposeAsync();
    }

    private ExportService NewService() => new(Data.Database, Data.Writer, Data.Definitions, Links, Options, NullLogger<ExportService>.Instance);

    private static string?[] Split(string row)
    {
        var values = row.Split(';');
        return [.. values.Select(value => value.Length == 0 ? null : value[1..^1])];
    }
}
