using System.Text.Json.Serialization;

namespace ClosedLoop.Optimove.Api;

/// <summary>Serializers of the bodies, made at compile time.</summary>
[JsonSerializable(typeof(OptimoveBodies.Login))]
[JsonSerializable(typeof(OptimoveBodies.Listener))]
[JsonSerializable(typeof(IReadOnlyList<OptimoveBodies.Template>))]
[JsonSerializable(typeof(IReadOnlyList<OptimoveBodies.TemplateKey>))]
[JsonSerializable(typeof(IReadOnlyList<OptimoveBodies.App>))]
[JsonSerializable(typeof(IReadOnlyList<OptimoveBodies.AppKey>))]
[JsonSerializable(typeof(IReadOnlyList<OptimoveBodies.Metric>))]
[JsonSerializable(typeof(OptimoveBodies.Interactions))]
[JsonSerializable(typeof(OptimoveBodies.AttributeUpdate))]
[JsonSerializable(typeof(OptimoveBodies.NewAttribute))]
[JsonSerializable(typeof(OptimoveBodies.Upsert))]
[JsonSerializable(typeof(OptimoveBodies.Preference))]
[JsonSerializable(typeof(IReadOnlyList<OptimoveBodies.EngagementEvent>))]
internal sealed partial class OptimoveJson : JsonSerializerContext;
