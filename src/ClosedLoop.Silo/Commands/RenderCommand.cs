using System.Buffers;
using System.CommandLine;
using System.Text.Json;
using ClosedLoop.Liquid;
using ClosedLoop.Silo.Linting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>render TEMPLATE --data FILE</c>: one template with data from a JSON file, as bytes to standard output.</summary>
internal static class RenderCommand
{
    /// <summary>Deeper data is refused by the engine with a message of its own.</summary>
    private const int MaxJsonDepth = 1000;

    public static Command Create()
    {
        var template = new Argument<string>("TEMPLATE") { Description = "Template file." };
        var data = new Option<string?>("--data") { Description = "JSON file with one object: the names the template sees." };
        var partials = new Option<string?>("--partials") { Description = "Folder of the templates that include and render name, with or without .liquid at the end." };
        var dialect = new Option<string?>("--dialect") { Description = "liquid (default), campaign or contactlab." };
        var strict = new Option<bool>("--strict") { Description = "Names and filters nobody knows are errors." };
        var escape = new Option<string>("--escape") { Description = "html escapes every output by its place, none leaves it alone.", DefaultValueFactory = _ => "none" };
        escape.AcceptOnlyFromAmong("html", "none");
        var command = new Command("render", "Renders a template with data from a JSON file.") { template, data, partials, dialect, strict, escape };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var json = await ReadAsync(parsed.GetValue(data), cancellation);
            var language = Dialect(parsed.GetValue(dialect));
            var isStrict = parsed.GetValue(strict);
            var options = new LiquidParseOptions
            {
                TemplateName = parsed.GetValue(template)!,
                Dialect = language,
                Catalogue = DataFileCatalogue.Of(json.RootElement),
                Mode = isStrict ? LiquidMode.Strict : LiquidMode.Lax,
                AutoEscape = parsed.GetValue(escape) == "html" ? LiquidAutoEscape.HtmlContext : LiquidAutoEscape.None,
                PartialLoader = parsed.GetValue(partials) is { } folder ? new PartialFolder(folder) : null,

                // Lax Liquid needs no names; a schema would only turn names into warnings nobody sees.
                Schema = isStrict || language != LiquidDialect.Liquid ? new LiquidSchema([], json.RootElement.EnumerateObject().Select(property => property.Name), ignoreCase: language != LiquidDialect.Liquid) : null,
            };
            return await RenderAsync(options, json, cancellation);
        });
        return command;
    }

    private static async Task<int> RenderAsync(LiquidParseOptions options, JsonDocument json, CancellationToken cancellation)
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            LiquidTemplate.Parse(await ReadTemplateAsync(options.TemplateName, cancellation), options).Render(output, LiquidData.From(json.RootElement), ct: cancellation);
        }
        catch (LiquidException e)
        {
            throw new CommandException(ExitCode.InvalidData, e.Message);
        }

        await using var target = Console.OpenStandardOutput();
        await target.WriteAsync(output.WrittenMemory, cancellation);
        return ExitCode.Ok;
    }

    private static async Task<string> ReadTemplateAsync(string file, CancellationToken cancellation) => File.Exists(file)
        ? await File.ReadAllTextAsync(file, cancellation)
        : throw new CommandException(ExitCode.NotFound, $"CL2006: {file} does not exist.");

    private static LiquidDialect Dialect(string? name) => LintTargets.Dialect(name) switch
    {
        Model.Mailings.TemplateDialect.Campaign => LiquidDialect.Campaign,
        Model.Mailings.TemplateDialect.Contactlab => LiquidDialect.Contactlab,
        _ => LiquidDialect.Liquid,
    };

    private static async Task<JsonDocument> ReadAsync(string? file, CancellationToken cancellation)
    {
        if (file is null) return JsonDocument.Parse("{}");
        if (!File.Exists(file)) throw new CommandException(ExitCode.NotFound, $"CL2006: {file} does not exist.");
        try
        {
            await using var stream = File.OpenRead(file);
            var json = await JsonDocument.ParseAsync(stream, new JsonDocumentOptions { MaxDepth = MaxJsonDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }, cancellation);
            if (json.RootElement.ValueKind == JsonValueKind.Object) return json;
            json.Dispose();
            throw new CommandException(ExitCode.InvalidData, $"CL2014: {file}: the data is no JSON object; expected names with values.");
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCode.InvalidData, $"CL2014: {file}({e.LineNumber + 1},{e.BytePositionInLine + 1}): {e.Message}");
        }
    }
}
