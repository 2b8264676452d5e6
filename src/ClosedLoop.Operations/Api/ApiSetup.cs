using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ClosedLoop.Operations.Api;

/// <summary>The description of the API (OpenAPI 3.1).</summary>
internal static class ApiSetup
{
    public const string Document = "v1";

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<EntityTags>();
        services.AddOpenApi(Document, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "ClosedLoop operator API", Version = "v1", Description = "Everything that the dashboard and the command line do. See docs/api.md." };

                // Where a service runs is not part of its contract.
                document.Servers = [];
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
                document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, or the token of the command line on the machine of the service." };
                document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
                return Task.CompletedTask;
            });
        });
    }
}
