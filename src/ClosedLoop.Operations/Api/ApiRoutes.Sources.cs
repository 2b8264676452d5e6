using ClosedLoop.Data.Access;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Operations.Ports;
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
        api.MapPut("/{id:long}", (HttpContext context, DefinitionStore definitions, DefinitionActions actions, long id, ApiSourceEdit edit) => definitions.FindSource(id) is { } source
            ? ApiAnswers.OfAsync(actions.SaveAsync(Caller.Of(context), Edited(source.Value, edit), edit.Reason))
            : Task.FromResult(ApiAnswers.NoSuch("CL9509", $"source mailing {id}")))
            .Acts("Stores an edit as a new version", OperatorRole.Admin).WithMetadata(new Tagged(TaggedKind.Source), new BodyLimit(MostTemplate));
    }

    private static SourceMailing Edited(SourceMailing source, ApiSourceEdit edit) =>
        source with { Subject = edit.Subject ?? source.Subject, Html = edit.Html ?? source.Html, Text = edit.Text ?? source.Text };

    private static ApiSource Shape(DefinitionStore definitions, Versioned<SourceMailing> source) => new(
        source.Value.Id, definitions.FindClient(source.Value.ClientId)?.Value.Key ?? "?", source.Value.Name, source.Version, source.Value.Status.ToString(), source.Value.Subject, source.Value.Html, source.Value.Text);
}
