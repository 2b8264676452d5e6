using System.Net;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Scenarios;

/// <summary>Everybody is imported and the mailing cannot start: an operator retries, and nothing is done twice (closed-loop spec section 6).</summary>
public sealed class FailedStart
{
    /// <summary>Acceptance test 6: what the start needs is missing.</summary>
    [Trait("Acceptance", "6")]
    [Fact]
    public async Task Retried_it_sends_without_a_second_import_or_copy()
    {
        var status = (int)HttpStatusCode.NotFound;
        await using var server = Server(async context =>
        {
            context.Response.StatusCode = Volatile.Read(ref status);
            context.Response.ContentType = "text/html";
            if (context.Response.StatusCode == 200) await context.Response.WriteAsync("<p>Fresh from the oven</p>");
        }, out var port);
        await server.StartAsync();
        using var installation = await Installation.CreateAsync(more: "\"content\": { \"allowedHosts\": [\"127.0.0.1\"] },");
        installation.Settings.AddRange(["ContentFetch:AllowedHosts=127.0.0.1", "ContentFetch:AllowPrivate=127.0.0.1/32", $"ContentFetch:Ports={port}"]);
        var mailing = Path.Combine(installation.Definitions, "demo", "mailings", Installation.Source.ToString());
        var json = Path.Combine(mailing, "mailing.json");
        await File.WriteAllTextAsync(json, (await File.ReadAllTextAsync(json)).Replace("\"name\"", $"\"content\": {{ \"news\": {{ \"url\": \"http://127.0.0.1:{port}/news\" }} }}, \"name\"", StringComparison.Ordinal));
        await File.AppendAllTextAsync(Path.Combine(mailing, "body.html"), "{{ content.news }}");
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;

        var file = installation.Drop([Installation.Row("a@example.org"), Installation.Row("b@example.org")]);
        await Eventually.ThatAsync("failed start", () => books.StateOf(file) == FileState.FailedStart, silo);
        Assert.Equal("E404", books.Text("SELECT code FROM inbound_file WHERE file_id = $1", books.FileId(file)));
        Assert.Empty(books.Sink());
        var (mailings, lists, recipients) = Counts(books);

        Volatile.Write(ref status, (int)HttpStatusCode.OK);
        (await installation.RunAsync("files", "retry", books.FileId(file).ToString())).Succeeded();
        await Eventually.ThatAsync("end of the file", () => books.IsFinished(file), silo);

        Assert.Equal((mailings, lists, recipients), Counts(books));
        Assert.All(books.AssertBalance(file, rows: 2).Values, state => Assert.Equal(RecipientState.Sent, state));
        Assert.All(books.SinkByAddress(), mails => Assert.Single(mails));
        Assert.Equal(2, books.Sink().Count);
    }

    /// <summary>Acceptance test 6: a relay that is away is no failure here; whoever waits for it is sent to when it is back.</summary>
    [Trait("Acceptance", "6")]
    [Fact]
    public async Task A_relay_that_is_away_costs_time_and_nobody()
    {
        using var installation = await Installation.CreateAsync(embeddedSink: false);
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var file = installation.Drop(Enumerable.Range(0, 50).Select(i => Installation.Row($"reader.{i}@example.org")));
        await Eventually.ThatAsync("relay that is held", () => books.Scalar("SELECT COUNT(*) FROM lane WHERE reason <> ''") > 0, silo);
        Assert.Equal(50, books.CountState(RecipientState.Waiting));

        await using var sink = await SinkProcess.StartAsync(installation);
        await Eventually.ThatAsync("end of the file", () => books.IsFinished(file), silo, sink);

        Assert.All(books.AssertBalance(file, rows: 50).Values, state => Assert.Equal(RecipientState.Sent, state));
        Assert.Equal(50, books.SinkByAddress().Count);
        Assert.Equal(50, books.Sink().Count);
    }

    private static (long Mailings, long Lists, long Recipients) Counts(Books books) =>
        (books.Scalar("SELECT COUNT(*) FROM mailing"), books.Scalar("SELECT COUNT(DISTINCT list_id) FROM mailing"), books.Scalar("SELECT COUNT(*) FROM recipient"));

    private static WebApplication Server(RequestDelegate answer, out int port)
    {
        port = Ports.Free();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.Run(answer);
        return app;
    }
}
