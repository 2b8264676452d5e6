using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Actions;

/// <summary>Carries actions out and writes each down with what was before and after it.</summary>
internal sealed class AuditTrail(AuditStore store, Figures figures)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <param name="caller">Who.</param>
    /// <param name="action">What, as in <c>mailing.pause</c>.</param>
    /// <param name="subject">On what, as in <c>mailing/71000000002</c>.</param>
    /// <param name="clientId">Whose matter it is.</param>
    /// <param name="reason">Why, as the caller says.</param>
    /// <param name="look">Reads what is written down as before and after; anything JSON can hold.</param>
    /// <param name="act">Does it.</param>
    public async Task<ActionResult> RunAsync(
        Caller caller, string action, string subject, long? clientId, string? reason, Func<object?> look, Func<Task<ActionResult>> act)
    {
        var before = Write(look());
        ActionResult result;
        try
        {
            result = await act();
        }
        catch (Exception e)
        {
            // What may have been done in part must not go unrecorded.
            await AddAsync(new ActionResult(500, Done: false, $"broke off: {e.GetType().Name}"));
            throw;
        }

        await AddAsync(result);
        figures.Forget();
        return result;

        Task AddAsync(ActionResult ended) => store.AddAsync(new AuditEntry
        {
            Actor = caller.Name,
            Origin = caller.Origin,
            Action = action,
            Subject = subject,
            ClientId = clientId,
            Done = ended.Done,
            Answer = ended.Text,
            Reason = string.IsNullOrWhiteSpace(reason) ? null : reason,
            Before = before,
            After = Write(look()),
            RequestId = caller.RequestId,
        });
    }

    private static string? Write(object? value) => value is null ? null : JsonSerializer.Serialize(value, Json);
}
