using System.Text.Json.Nodes;

namespace ClosedLoop.Optimove.Outbound;

/// <summary>Something that happened on our side, for hooks.</summary>
/// <param name="Name">Such as <c>PURCHASE_COMPLETE</c>.</param>
/// <param name="ExternalId">About whom; null or empty fires no hook.</param>
/// <param name="Content">What paths of hooks look into.</param>
public sealed record HookEvent(string Name, string? ExternalId, JsonObject Content)
{
    /// <summary>An attribute of a profile has another value: <c>externalId</c>, <c>attributes</c> (all of them) and <c>changed</c>.</summary>
    public const string ProfileAttributeChange = "PROFILE_ATTRIBUTE_CHANGE";

    /// <summary>Something happened to a message: <c>externalId</c>, <c>status</c>, <c>campaign</c>, <c>channel</c>, <c>template</c> and <c>at</c>.</summary>
    public const string MessageLog = "MESSAGE_LOG";
}
