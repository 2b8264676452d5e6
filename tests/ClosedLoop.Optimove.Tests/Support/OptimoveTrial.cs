using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClosedLoop.Optimove.Double;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Optimove.Tests.Support;

/// <summary>An installation, the double of Optimove and a service between them.</summary>
internal sealed class OptimoveTrial : IAsyncDisposable
{
    public const string ApiKey = "k3y-that-must-never-be-written-0001";
    public const int Channel = 504;
    public const int Template = 234;

    private SiloProcess? _silo;

    private OptimoveTrial(Installation installation, OptimoveDouble optimove) => (Installation, Optimove) = (installation, optimove);

    public Installation Installation { get; }

    public OptimoveDouble Optimove { get; }

    public DoubleState State => Optimove.State;

    public Books Books => Installation.Books;

    public SiloProcess Silo => _silo!;

    /// <summary>Everything that services of this trial have said.</summary>
    public StringBuilder Said { get; } = new();

    public static Task<OptimoveTrial> CreateAsync(bool embeddedSink = true, params IReadOnlyList<string> settings) => CreateAsync(server: null, embeddedSink, settings);

    /// <param name="server">For several silos, which share a database there.</param>
    /// <param name="embeddedSink">Whether the service runs the sink itself.</param>
    /// <param name="settings">More settings.</param>
    public static async Task<OptimoveTrial> CreateAsync(PostgresServer? server, bool embeddedSink, params IReadOnlyList<string> settings)
    {
        var optimove = await OptimoveDouble.StartAsync();
        optimove.State.Keys[ApiKey] = KeyRole.Admin;
        var installation = await Installation.CreateAsync(embeddedSink, server: server);
        installation.Settings.AddRange(
        [
            "Optimove:AllowInside=true", "Optimove:FeedSeconds=0.3", "Optimove:FlushSeconds=0.5", "Optimove:CoalesceSeconds=0.5", "Optimove:BackoffSeconds=0.5", "Optimove:RetrySeconds=0.2",
            "Optimove:RequestSeconds=5", "Optimove:PublicUrl=" + installation.Address, .. settings,
        ]);
        return new OptimoveTrial(installation, optimove);
    }

    /// <summary>With the service running and a connector registered.</summary>
    public static async Task<OptimoveTrial> StartAsync(object? connector = null, params IReadOnlyList<string> settings)
    {
        var trial = await CreateAsync(embeddedSink: true, settings);
        await trial.ServeAsync();
        await trial.SaveAsync(connector);
        await trial.IsAsync("Active");
        return trial;
    }

    public async Task<SiloProcess> ServeAsync(params IReadOnlyList<string> settings)
    {
        Keep();
        return _silo = await SiloProcess.StartAsync(Installation, settings);
    }

    /// <summary>Starts the service without waiting for it.</summary>
    public SiloProcess Launch()
    {
        Keep();
        return _silo = SiloProcess.Launch(Installation);
    }

    /// <summary>The connector that a test changes one thing of.</summary>
    public JsonObject Connector(object? changes = null)
    {
        var connector = new JsonObject
        {
            ["baseUrl"] = Optimove.Address + "/current/",
            ["channels"] = new JsonArray(new JsonObject { ["channelId"] = Channel, ["medium"] = "EMAIL" }),
            ["params"] = new JsonArray(
                new JsonObject { ["optimoveName"] = "FIRST_NAME", ["prettyName"] = "firstname" }, new JsonObject { ["optimoveName"] = "CITY", ["prettyName"] = "city" }),
            ["templates"] = new JsonArray(new JsonObject { ["templateId"] = Template, ["source"] = Installation.Source }),
        };
        if (changes is not null)
        {
            foreach (var (name, value) in JsonSerializer.SerializeToNode(changes)!.AsObject().ToList()) connector[name] = value?.DeepClone();
        }

        return connector;
    }

    public async Task<HttpResponseMessage> SaveAsync(object? changes = null, string? apiKey = ApiKey)
    {
        var file = new JsonObject { ["connector"] = Connector(changes) };
        if (apiKey is not null) file["apiKey"] = apiKey;
        var response = await Silo.SendAsync(HttpMethod.Put, "/api/v1/clients/demo/optimove", JsonContent.Create(file));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return response;
    }

    /// <summary>Waits until the connector that was saved last is registered and in a state.</summary>
    public Task IsAsync(string state) => Eventually.ThatAsync($"connector that is {state}", () =>
        Books.Scalar("SELECT COUNT(*) FROM optimove_connector WHERE state = $1 AND (registered_version = version OR $1 IN ('AuthError', 'PermissionError', 'ActiveDegraded'))", state) == 1, Silo);

    public async Task SeedAsync(IEnumerable<(string Id, string Email, string Consent)> people)
    {
        foreach (var block in people.Chunk(5_000))
        {
            var profiles = new JsonArray([.. block.Select(person => (JsonNode)new JsonObject
            {
                ["externalId"] = person.Id, ["email"] = person.Email, ["emailConsent"] = person.Consent, ["attributes"] = new JsonObject { ["lastname"] = "Of " + person.Id },
            })]);
            using var response = await Silo.SendAsync(HttpMethod.Post, "/api/v1/clients/demo/profiles", JsonContent.Create(profiles));
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    /// <summary>One person with a mail address and attributes.</summary>
    public async Task SeedProfileAsync(string id, params (string Name, string Value)[] attributes)
    {
        var profile = new JsonObject { ["externalId"] = id, ["email"] = id.Replace('-', '.') + "@example.org", ["attributes"] = new JsonObject(attributes.Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)pair.Value))) };
        using var response = await Silo.SendAsync(HttpMethod.Post, "/api/v1/clients/demo/profiles", JsonContent.Create(new JsonArray(profile)));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task SeedAsync(int count) => SeedAsync(Enumerable.Range(0, count).Select(i => (Id(i), Address(i), "optedIn")));

    public static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"cust-{i}");

    public static string Address(int i) => string.Create(CultureInfo.InvariantCulture, $"cust.{i}@example.org");

    /// <summary>A campaign of that many customers at the double.</summary>
    public void Campaign(string id, int count, string? schedule = null) =>
        State.Campaigns[(id, Channel)] = new DoubleCampaign(id, Channel, [.. Enumerable.Range(0, count).Select(i => new DoubleCustomer(Id(i), Template, schedule))], "Campaign " + id);

    public Task<IReadOnlyList<int>> ExecutedAsync(string campaign, int concurrent = 1, string? timeStamp = null) =>
        Optimove.FireAsync(new FireOrder { Type = 13, Campaign = campaign, Channel = Channel, Concurrent = concurrent, TimeStamp = timeStamp });

    public Task<IReadOnlyList<int>> CancelledAsync(string campaign) => Optimove.FireAsync(new FireOrder { Type = 4, Campaign = campaign, Channel = Channel });

    public Task<IReadOnlyList<int>> TriggerAsync(string customer, string campaign = "rt-1", string style = "camel", string? timeStamp = null, string? promoCode = null) => Optimove.FireAsync(new FireOrder
    {
        Type = 11,
        Campaign = campaign,
        Channel = Channel,
        Template = Template,
        Customer = customer,
        Style = style,
        TimeStamp = timeStamp,
        PromoCode = promoCode,
        Extra = new Dictionary<string, string>(StringComparer.Ordinal) { ["cart_value"] = "42.5", ["FIRST_NAME"] = "\"Ada\"" },
    });

    public long StateOf(string campaign) => Books.Scalar("SELECT state FROM optimove_campaign WHERE campaign = $1 AND channel_id = $2", campaign, Channel);

    public Task CampaignIsAsync(string campaign, int state) => Eventually.ThatAsync($"campaign {campaign} in state {state}", () => StateOf(campaign) == state, Silo);

    public async ValueTask DisposeAsync()
    {
        Keep();
        if (_silo is not null) await _silo.DisposeAsync();
        await Optimove.DisposeAsync();
        Installation.Dispose();
    }

    private void Keep()
    {
        if (_silo is not null) Said.Append(_silo.Error).Append(_silo.Output);
    }
}
