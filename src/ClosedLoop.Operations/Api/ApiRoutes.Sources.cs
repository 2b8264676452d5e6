using ClosedLoop.Data.Access;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Api;

internal static partial class ApiRoutes
{
    private const int MostTemplate = 2 * 1024 * 1024;

    private static void MapSources(RouteGroupBuilder api)
    {
        api.MapGet("", (HttpContext context, DefinitionStore definitions) => TypedResults.Ok<IReadOnlyList<ApiSource>>(
            [.. definitions.Sources().Where(source => Caller.Of(context).Sees(source.Value.ClientId)).Select(source => Shape(definitions, source))])).Tells<IReadOnlyList<ApiSource>>("Source mailings");
        api.MapGet("/{id:long}", (HttpContext context, DefinitionStore definitions, long id) => definitions.FindSource(id) is { } source && Caller.Of(context).Sees(source.Value.ClientId)
            ? TypedResults.Ok(Shape(definitions, source))
            : ApiAnswers.NoSuch("CL9509", $"source mailing {id}")).Tells<ApiSource>("One source mailing").WithMetadata(new Tagged(TaggedKind.Source));
        api.MapGet("/{id:long}/lint", (HttpContext context, DefinitionStore definitions, ITemplateBench bench, long id) => definitions.FindSource(id) is { } source && Caller.Of(context).Sees(source.Value.ClientId)
            ? TypedResults.Ok<IReadOnlyList<ApiFinding>>([.. bench.Check(source.Value, definitions.FindClient(source.Value.ClientId)!.Value)
                .Select(finding => new ApiFinding(finding.Part, finding.Line, finding.Column, finding.Code, finding.Severity, finding.Message, finding.Hint))])
            : ApiAnswers.NoSuch("CL9509", $"source mailing {id}")).Tells<IReadOnlyList<ApiFinding>>("What lint says of a source mailing").WithMetadata(new Tagged(TaggedKind.Source));
        api.MapGet("/{id:long}/versions", (HttpContext context, DefinitionStore definitions, long id) => definitions.FindSource(id) is { } source && Caller.Of(context).Sees(source.Value.ClientId)
            ? TypedResults.Ok<IReadOnlyList<ApiStoredVersion>>([.. definitions.SourceVersions(id, MostRows).Select(version => new ApiStoredVersion(version.Version, ApiShapes.At(version.Recorded), version.Hash))])
            : ApiAnswers.NoSuch("CL9509", $"source mailing {id}")).Tells<IReadOnlyList<ApiStoredVersion>>("Versions of a source mailing, newest first").WithMetadata(new Tagged(TaggedKind.Source));
        api.MapGet("/{id:long}/versions/{version:int}", (HttpContext context, DefinitionStore definitions, long id, int version) => definitions.FindSource(id, version) is { } source && Caller.Of(context).Sees(source.Value.ClientId)
            ? TypedResults.Ok(Shape(definitions, source))
            : ApiAnswers.NoSuch("CL9509", $"version {version} of source mailing {id}")).Tells<ApiSource>("One version of a source mailing").WithMetadata(new Tagged(TaggedKind.Source));
        api.MapGet("/{id:long}/dry-run", (HttpContext context, DefinitionStore definitions, DryRunner runner, long id, int? rows) => definitions.FindSource(id) is { } source && Caller.Of(context).Sees(source.Value.ClientId)
            ? TypedResults.Ok(Shape(runner.Run(source.Value, definitions.FindClient(source.Value.ClientId)!.Value, rows ?? PageSize)))
            : ApiAnswers.NoSuch("CL9509", $"source mailing {id}")).Tells<ApiDryRun>("Renders a source mailing for some recipients of its newest mailing, at most 200, and sends nothing").WithMetadata(new Tagged(TaggedKind.Source));
        api.MapPut("/{id:long}", (HttpContext context, DefinitionStore definitions, DefinitionActions actions, long id, ApiSourceEdit edit) => definitions.FindSource(id) is { } source
            ? ApiAnswers.OfAsync(actions.SaveAsync(Caller.Of(context), Edited(source.Value, edit), edit.Reason))
            : Task.FromResult(ApiAnswers.NoSuch("CL9509", $"source mailing {id}")))
            .Acts("Stores an edit as a new version", OperatorRole.Admin).WithMetadata(new Tagged(TaggedKind.Source), new BodyLimit(MostTemplate));
    }

    private static SourceMailing Edited(SourceMailing source, ApiSourceEdit edit) =>
        source with { Subject = edit.Subject ?? source.Subject, Html = edit.Html ?? source.Html, Text = edit.Text ?? source.Text };

    private static ApiDryRun Shape(DryRun run) => new(
        run.MailingId == 0 ? null : run.MailingId, run.Rows, run.Of, [.. run.Faults.Select(fault => new ApiDryRunFault(fault.Sequence, fault.Address, fault.Fault))], run.Largest, run.LongestSubject, run.EmptySubjects);

    private static ApiSource Shape(DefinitionStore definitions, Versioned<SourceMailing> source) => new(
        source.Value.Id, definitions.FindClient(source.Value.ClientId)?.Value.Key ?? "?", source.Value.Name, source.Version, source.Value.Status.ToString(), source.Value.Subject, source.Value.Html, source.Value.Text);
}
