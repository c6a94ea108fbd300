/**
 * What the service answers. `make contract` writes this file from the OpenAPI document; nobody edits it.
 * of schemas aaf3f9060e6d90292235053f6d27c2ee65b207bd5fd9ea1378bcb2d1fb39a1d3
 * with types 122f5f6280ac8c3151343a8816443220bc9b141aaae486ed83f8a33929ebc0b2
 */

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A paired difference in SRCC to the baseline of the same size, and what it allows to be said. */
        AgainstBaseline: {
            comparison: components["schemas"]["Comparison"];
            /** @description signed_rank: Wilcoxon's after Holm's correction, and the corrected resampled t-test. corrected_t: that one alone, after the correction, where no p of Wilcoxon's could be small enough. null: too few splits. */
            test: ("signed_rank" | "corrected_t") | null;
            /** @description Checkpoints with such a baseline, whom Holm's correction is over. */
            num_comparisons: number;
            /** @description P of the splits' test after Holm's correction. */
            p_holm: number | null;
            /** @description P of the corrected resampled t-test. */
            p_corrected: number | null;
            /** @enum {string} */
            verdict: "better" | "worse" | "hinted at: better" | "hinted at: worse" | "no difference shown" | "too few splits";
        };
        /** @description How scores agree with labels, over splits; null where no split has it. */
        AgreementFigures: {
            srcc: components["schemas"]["Spread"] | null;
            plcc: components["schemas"]["Spread"] | null;
            plcc_fitted: components["schemas"]["Spread"] | null;
            krcc: components["schemas"]["Spread"] | null;
            rmse: components["schemas"]["Spread"] | null;
        };
        /** @description Agreement of the top cluster with a labelling: adjusted and normalised mutual information. */
        AgreementResponse: {
            ami: number;
            nmi: number;
        };
        /** @description A part of the list of analyses, newest first. */
        AnalysisList: {
            items: components["schemas"]["AnalysisSummary"][];
            /** @description Send it back as `cursor` for the next part; null at the end. */
            next_cursor: string | null;
            /** @description How many the whole list has now, in all its parts. */
            total: number;
        };
        /** @description An analysis under one checkpoint. */
        AnalysisResponse: {
            id: string;
            /** Format: date-time */
            created_at: string;
            /** @description Name to show; not a path. */
            filename: string;
            checkpoint: string;
            score: components["schemas"]["ScoreResponse"];
            links: components["schemas"]["Links"];
            variant: string;
            formulation: string;
            /** @description SHA-256 of the weights that gave this score. */
            weights_sha256: string;
            /** @description p(cluster given picture), K; adds up to one. */
            posteriors: number[] | null;
            /** @description Names of the K clusters. */
            cluster_names: string[] | null;
            /** @description log p(embedding): low is unlike the training photographs. */
            log_likelihood: number | null;
            /** @description Percentile of `log_likelihood` among the training photographs: near 0 is unlike all of them. */
            familiarity: number | null;
            /** @description The gate's own output, E; adds up to one. */
            gating_weights: number[] | null;
            /** @description What weighs the experts, E; adds up to one. */
            routing_weights: number[] | null;
            /** @description Attention on the clusters, K, mean over heads. */
            attention_weights: number[] | null;
            /** @description Predicted severities, S, each at least 0. */
            severities: number[] | null;
            /** @description The S distortion groups that the severities are of. */
            severity_names: string[] | null;
            /** @description Empty where the variant has no experts. */
            experts: components["schemas"]["ExpertResponse"][];
            distortion: components["schemas"]["DistortionResponse"] | null;
            image: components["schemas"]["ImageResponse"];
            /** @description Wall time of each stage and in total, in milliseconds. */
            timing_ms: {
                [key: string]: number;
            };
            /** @description Every checkpoint that scored this picture, in order. */
            scored_checkpoints: string[];
        };
        /** @description An entry of the list: the score under the checkpoint that was used first. */
        AnalysisSummary: {
            id: string;
            /** Format: date-time */
            created_at: string;
            /** @description Name to show; not a path. */
            filename: string;
            checkpoint: string;
            score: components["schemas"]["ScoreResponse"];
            links: components["schemas"]["Links"];
        };
        /** @description Figures on pictures of a kind that heads were not trained on. */
        AwayResponse: {
            /** @description The source or rated set that was left out, or `synthetic`. */
            name: string;
            /** @enum {string} */
            kind: "source" | "set" | "synthetic";
            num_heads: number;
            srcc: components["schemas"]["Spread"] | null;
            plcc: components["schemas"]["Spread"] | null;
            /** @description null where there is nothing to replace. */
            routing: components["schemas"]["AwayRoutingResponse"] | null;
            /** @description Of the 90 % intervals, which were calibrated at home. */
            coverage: components["schemas"]["Spread"] | null;
            /** @description Of these intervals, points. */
            mean_width: components["schemas"]["Spread"] | null;
            plain: components["schemas"]["PlainResponse"];
            /** @description SRCC less that of the ridge, paired over heads. */
            against_ridge: components["schemas"]["Comparison"];
        };
        /** @description SRCC away from home under other routing weights (or posteriors), and what is lost without the own ones. */
        AwayRoutingResponse: {
            own: components["schemas"]["Spread"] | null;
            uniform: components["schemas"]["Spread"] | null;
            shuffled: components["schemas"]["Spread"] | null;
            /** @description Every picture has the mean weights of the training photographs. */
            mean: components["schemas"]["Spread"] | null;
            /** @description Own less uniform, paired over heads. */
            uniform_cost: components["schemas"]["Comparison"] | null;
            /** @description Own less shuffled, paired over heads. */
            shuffled_cost: components["schemas"]["Comparison"] | null;
            /** @description Own less mean, paired over heads. */
            mean_cost: components["schemas"]["Comparison"] | null;
        };
        /** @description The Bayesian information criterion of mixtures of so many clusters; lower is better. */
        BicResponse: {
            num_clusters: number;
            median: number;
            low: number;
            high: number;
        };
        /** @description The same with the 95 % bootstrap interval of SRCC inside a split: medians of its ends over splits. */
        BoardFigures: {
            srcc: components["schemas"]["Spread"] | null;
            plcc: components["schemas"]["Spread"] | null;
            plcc_fitted: components["schemas"]["Spread"] | null;
            krcc: components["schemas"]["Spread"] | null;
            rmse: components["schemas"]["Spread"] | null;
            srcc_interval: components["schemas"]["Bounds"];
        };
        Body_create_analysis_api_v1_analyses_post: {
            /** @description One picture. */
            file: string;
            /** @description Checkpoint id; default: the service's default. */
            checkpoint?: string | null;
        };
        /** @description The ends of an interval. */
        Bounds: {
            low: number | null;
            high: number | null;
        };
        /** @description Every checkpoint folder: a card for those that serve, the reason for those that were refused. */
        CardList: {
            /** @description Used where a request names none; null where nothing is served. */
            default: string | null;
            /** @description Every part there can be, in the order of the way through a model. */
            parts: ("types" | "mixture" | "gate" | "attention" | "severities" | "experts" | "fusion")[];
            cards: components["schemas"]["CardSummary"][];
            refused: components["schemas"]["RefusalResponse"][];
        };
        /** @description A checkpoint that is served, with what it is made of and how well it did. */
        CardSummary: {
            id: string;
            variant: string;
            formulation: string;
            title: string;
            /**
             * @description What the model is, in a sentence; empty where its folder does not say.
             * @default
             */
            description: string;
            weights_sha256: string;
            parameter_count: number;
            /** @description Null where the variant has no mixture. */
            num_clusters: number | null;
            /** @description Null where the variant has no experts. */
            num_experts: number | null;
            training_data: string[];
            parts: ("types" | "mixture" | "gate" | "attention" | "severities" | "experts" | "fusion")[];
            backbone: string;
            /** @description Whether the trunk's last stages were trained, too. */
            is_fine_tuned: boolean;
            recipe: string;
            /** @description Which part of the data the shipped weights saw, in words. */
            fitted_on: string;
            datasets: components["schemas"]["DatasetResponse"][];
            /** @description Over how many splits the figures are; null without metrics. */
            num_splits: number | null;
            /** @description What the figures stand on, as the weights do; null without metrics. */
            features: ("frozen" | "fine_tuned") | null;
            /** @description Of what ships; empty without readable metrics. */
            figures: components["schemas"]["HeldOutResponse"][];
        };
        /** @description A model card in both forms. */
        CardTextResponse: {
            checkpoint: string;
            markdown: string;
            /** @description Without scripts, styles, pictures and foreign markup; headings from level 3. */
            html: string;
        };
        /** @description A picture under two distortions, one after the other, and what a checkpoint says of it. */
        CellResponse: {
            checkpoint: string;
            score: components["schemas"]["ScoreResponse"];
            variant: string;
            formulation: string;
            /** @description SHA-256 of the weights that gave this score. */
            weights_sha256: string;
            /** @description p(cluster given picture), K; adds up to one. */
            posteriors: number[] | null;
            /** @description Names of the K clusters. */
            cluster_names: string[] | null;
            /** @description log p(embedding): low is unlike the training photographs. */
            log_likelihood: number | null;
            /** @description Percentile of `log_likelihood` among the training photographs: near 0 is unlike all of them. */
            familiarity: number | null;
            /** @description The gate's own output, E; adds up to one. */
            gating_weights: number[] | null;
            /** @description What weighs the experts, E; adds up to one. */
            routing_weights: number[] | null;
            /** @description Attention on the clusters, K, mean over heads. */
            attention_weights: number[] | null;
            /** @description Predicted severities, S, each at least 0. */
            severities: number[] | null;
            /** @description The S distortion groups that the severities are of. */
            severity_names: string[] | null;
            /** @description Empty where the variant has no experts. */
            experts: components["schemas"]["ExpertResponse"][];
            distortion: components["schemas"]["DistortionResponse"] | null;
            image: components["schemas"]["ImageResponse"];
            /** @description Wall time of each stage and in total, in milliseconds. */
            timing_ms: {
                [key: string]: number;
            };
            analysis: string;
            /** @description Two types as FIRST+SECOND, or a grid that people rated. */
            grid: string;
            /** @description How much of the first distortion, from 0. */
            row: number;
            /** @description How much of the second, which is done on top, from 0. */
            column: number;
            /** @description Whether it differs from the picture itself by rounding at most. */
            equals_original: boolean;
            /** @description The pixels that were scored, losslessly; a path on this host, kept for an hour. */
            picture: string;
        };
        /** @description Every checkpoint folder: those that serve and those that were refused. */
        CheckpointList: {
            /** @description Used where a request names none; null where nothing is served. */
            default: string | null;
            checkpoints: components["schemas"]["CheckpointResponse"][];
            refused: components["schemas"]["RefusalResponse"][];
        };
        /** @description A checkpoint that is served. */
        CheckpointResponse: {
            id: string;
            variant: string;
            formulation: string;
            title: string;
            /**
             * @description What the model is, in a sentence; empty where its folder does not say.
             * @default
             */
            description: string;
            weights_sha256: string;
            parameter_count: number;
            /** @description Null where the variant has no mixture. */
            num_clusters: number | null;
            /** @description Null where the variant has no experts. */
            num_experts: number | null;
            training_data: string[];
        };
        /** @description A raw little-endian array, one row per picture; a value is offset + scale * stored. */
        ColumnResponse: {
            /** @enum {string} */
            kind: "category" | "number" | "vector";
            /** @enum {string} */
            dtype: "<f4" | "<f2" | "|u1" | "<u2" | "<u4";
            /** @description Rows, and numbers in a row where there are several. */
            shape: number[];
            scale: number;
            offset: number;
            /** @description Stored where there is no value; for floats NaN is, too. */
            missing: number | null;
            /** @description Whose names among `categories` the codes or axes have. */
            labels: string | null;
            bytes: number;
            sha256: string;
            url: string;
        };
        /** @description Paired differences over splits: median, 95 % interval of the median, Wilcoxon's p, mean and deviation. */
        Comparison: {
            median_difference: number | null;
            interval: components["schemas"]["Bounds"];
            p_value: number | null;
            num_pairs: number;
            mean_difference: number | null;
            deviation: number | null;
        };
        /** @description Whose photographs they are, under which licence, and where from. */
        CreditResponse: {
            credit: string;
            source: string | null;
            /** @description Names of the contents. */
            references: string[];
        };
        /** @description Loss terms of the training run of the head that ships, at some of its steps. */
        CurveResponse: {
            checkpoint: string;
            steps: number[];
            /** @description Each as long as `steps`; weighted, no unit. */
            terms: {
                [key: string]: number[];
            };
        };
        /** @description A data set that the weights saw. */
        DatasetResponse: {
            name: string;
            num_pictures: number;
        };
        /** @description Probabilities of what was done to the picture; each map adds up to one. */
        DistortionResponse: {
            /** @description By group, 8 with clean. */
            groups: {
                [key: string]: number;
            };
            /** @description By type, 26 with clean. */
            types: {
                [key: string]: number;
            };
        };
        /** @description A histogram of the entropies of all pictures' weights, in nats. */
        EntropyResponse: {
            edges: number[];
            counts: number[];
            mean: number;
            /** @description Entropy of equal weights. */
            maximum: number;
            /** @description Share of pictures whose largest weight is above 0.99. */
            saturation: number;
        };
        /** @description A picture with a high posterior for a cluster. */
        ExampleResponse: {
            row: number;
            posterior: number;
            /** @description Whether the cluster is the picture's most probable one. */
            is_top: boolean;
            reference: string;
            /** @description Null where nobody named the distortion. */
            type: string | null;
            level: number;
        };
        /** @description One expert's own prediction and its part in the score. */
        ExpertResponse: {
            name: string;
            /** @enum {string} */
            kind: "expert" | "fusion";
            /** @description The expert's own prediction, 0-100. */
            score: number;
            /** @description What weighs it, 0-1; the weights add up to one. */
            weight: number;
            /** @description Points it adds to the score; they add up to score.value. */
            contribution: number;
        };
        /** @description A checkpoint's experts and clusters: who is used, who is good at what, and what they follow. */
        ExpertsResponse: {
            checkpoint: string;
            weights_sha256: string;
            variant: string;
            formulation: string;
            num_clusters: number | null;
            num_experts: number | null;
            /** @description Every map of the checkpoint. */
            maps: components["schemas"]["MapChoice"][];
            /** @description Maps that are stale or damaged, and why. */
            refused: components["schemas"]["MapFaultResponse"][];
            /** @description Null where the checkpoint has no map. */
            map: components["schemas"]["MeasuredMap"] | null;
            /** @description Measured on the map's pictures; null where there is no map. */
            usage: components["schemas"]["UsageResponse"] | null;
            /** @description Pictures of each cluster. */
            examples: components["schemas"]["ExampleResponse"][][] | null;
            /** @description From the checkpoint's metrics.json; null where it has none. */
            folds: components["schemas"]["FoldsResponse"] | null;
            /** @description Why a metrics.json that is there could not be read. */
            folds_fault: string | null;
        };
        /** @description A checkpoint's figures on one kind of features. */
        FeatureFigures: {
            num_splits: number;
            photographs: components["schemas"]["AgreementFigures"];
            synthetic: components["schemas"]["AgreementFigures"];
            /** @description On photographs, medians over splits, points. */
            quality_errors: components["schemas"]["QualityErrors"] | null;
            router: components["schemas"]["RouterResponse"] | null;
        };
        /** @description One file of a checkpoint: what was recorded of it and what was found; null for what nobody recorded or found. */
        FileResponse: {
            /** @description Relative to the folder of all checkpoints. */
            path: string;
            /** @enum {string} */
            state: "as_recorded" | "unrecorded" | "changed" | "missing" | "unreadable";
            recorded_bytes: number | null;
            found_bytes: number | null;
            recorded_sha256: string | null;
            found_sha256: string | null;
        };
        /** @description Agreement over splits. */
        FoldAgreementResponse: {
            ami: components["schemas"]["Spread"] | null;
            nmi: components["schemas"]["Spread"] | null;
        };
        /** @description What the evaluation measured on test folds, over splits, of heads like the one that ships. */
        FoldsResponse: {
            num_splits: number;
            /**
             * @description What the heads stood on, as the weights that ship do.
             * @enum {string}
             */
            features: "frozen" | "fine_tuned";
            agreement: {
                [key: string]: components["schemas"]["FoldAgreementResponse"];
            } | null;
            bic: components["schemas"]["BicResponse"][] | null;
            interventions: components["schemas"]["InterventionsResponse"] | null;
        };
        /** @description How much of one distortion there is along a grid. */
        GridAxis: {
            distortion_type: string;
            /** @description The amounts as the database says them. */
            stated: number[];
            /** @description What the operation takes; null where it is not done. */
            parameters: (number | null)[];
        };
        /** @description How well scores agree with the labels of pictures that the head did not see. */
        HeldOutResponse: {
            /** @description photographs, synthetic, or a rated set's name. */
            name: string;
            /** @enum {string} */
            fold: "test_fold" | "held_out_whole";
            srcc: components["schemas"]["Spread"] | null;
            plcc: components["schemas"]["Spread"] | null;
        };
        /** @description The picture as it was scored. */
        ImageResponse: {
            /** @description Pixels, after orientation. */
            width: number;
            /** @description Pixels, after orientation. */
            height: number;
            /**
             * @description Encoded format of the upload.
             * @example JPEG
             */
            format: string;
            /** @description What was done to it before scoring, if anything. */
            notes: string[];
        };
        /** @description The pictures of a map. */
        ImageSetResponse: {
            address: string;
            sha256: string;
            name: string;
            count: number;
            label_kind: ("mos" | "pseudo_mos") | null;
            /** @description Different contents. */
            num_references: number;
            /** @description Pictures that could not be decoded. */
            num_left_out: number;
            /** @description Licence lines; empty for pictures that nobody passed on. */
            credits: components["schemas"]["CreditResponse"][];
            thumbnails: components["schemas"]["ThumbnailsResponse"];
            /** @description Ids of all pictures and all contents; long for large sets. */
            rows_url: string;
            /** @description Followed by / and a row: the picture at full size. */
            pictures_url: string;
        };
        /** @description What `rows_url` answers, by row and by content. */
        ImageSetRows: {
            ids: string[];
            references: components["schemas"]["ReferenceResponse"][];
        };
        /** @description Mutual information: in nats, and over the mean of both entropies (0 to 1). */
        InformationResponse: {
            nats: number;
            normalised: number;
        };
        /** @description A checkpoint's files, read and hashed for this answer. */
        IntegrityResponse: {
            checkpoint: string;
            /** @enum {string} */
            state: "served" | "refused" | "served_as_before";
            refusal: components["schemas"]["RefusalResponse"] | null;
            files: components["schemas"]["FileResponse"][];
        };
        /** @description SRCC when the routing weights, or the posteriors, are replaced. */
        InterventionsResponse: {
            /** @enum {string} */
            replaced: "routing_weights" | "posteriors";
            photographs: {
                [key: string]: components["schemas"]["Spread"];
            };
            synthetic: {
                [key: string]: components["schemas"]["Spread"];
            };
            /** @description What shuffling costs; null where no split has it. */
            cost: components["schemas"]["Parts_ShufflingCost_"] | null;
        };
        /** @description Why a picture was refused. */
        ItemErrorResponse: {
            /** @description A stable name of this kind of error, the same as an upload's answer has. */
            code: string;
            /** @description What was got and what was expected. */
            detail: string;
        };
        /** @description A part of a job's finished items. */
        ItemPage: {
            items: components["schemas"]["ItemResponse"][];
            /** @description Send it back as `after` for the next part; null at the end. */
            next_after: number | null;
        };
        /** @description One picture of a batch with its result; what a refused one, or a variant, does not have is null. */
        ItemResponse: {
            /** @description Its place in the order in which the job's items finished, from 1. */
            sequence: number;
            /** @description Its place in the batch, from 0. */
            position: number;
            /** @description As it was sent; in an archive, the path inside. Text, never a path here. */
            filename: string;
            /** @enum {string} */
            state: "scored" | "refused";
            score: components["schemas"]["ScoreResponse"] | null;
            /** @description Null where it was scored. */
            error: components["schemas"]["ItemErrorResponse"] | null;
            /** @description Pixels, after orientation. */
            width: number | null;
            /** @description Pixels, after orientation. */
            height: number | null;
            /**
             * @description Encoded format.
             * @example JPEG
             */
            format: string | null;
            /** @description What was done to it before scoring, if anything. */
            notes: string[] | null;
            /** @description Percentile of its log-likelihood among the training photographs. */
            familiarity: number | null;
            top_cluster: components["schemas"]["TopCluster"] | null;
            top_expert: components["schemas"]["TopExpert"] | null;
            distortion: components["schemas"]["TopDistortion"] | null;
            /** @description SHA-256 of the weights that gave this score. */
            weights_sha256: string | null;
        };
        /** @description Where to find a job and what became of it; paths on this host. */
        JobLinks: {
            self: string;
            page: string;
            /** @description Server-sent events: `progress`, `item` and, once nothing is left to do, `end`. */
            events: string;
            items: string;
            /** @description A file with every finished item; add `?format=csv`, `jsonl` or `parquet`. */
            results: string;
        };
        /** @description A part of the list of jobs, newest first. */
        JobList: {
            items: components["schemas"]["JobResponse"][];
            /** @description Send it back as `cursor` for the next part; null at the end. */
            next_cursor: string | null;
            /** @description How many the whole list has now, in all its parts. */
            total: number;
        };
        /** @description A batch of pictures being scored under one checkpoint, as far as it is. */
        JobResponse: {
            id: string;
            /** Format: date-time */
            created_at: string;
            /** @description Null until the first picture's turn. */
            started_at: string | null;
            /** @description When it was done or cancelled; null before. */
            finished_at: string | null;
            /** @enum {string} */
            state: "queued" | "running" | "done" | "cancelled";
            checkpoint: string;
            /** @description Name of the archive or of the first file as it was sent; text, never a path. */
            filename: string;
            /** @description How many pictures it has. */
            total: number;
            /** @description How many of them have a result: scored and refused. */
            finished: number;
            scored: number;
            /** @description How many cannot be scored; each item says why. */
            refused: number;
            /** @description How many files of an archive are nobody's pictures, and not in `total`. */
            skipped: number;
            /** @description The first hundred of them, each with its reason. */
            skipped_files: components["schemas"]["SkippedFile"][];
            /** @description Mean of what was scored so far; null before the first. */
            mean_score: number | null;
            /** @description Estimate from the pace so far; null where there is none. */
            seconds_left: number | null;
            links: components["schemas"]["JobLinks"];
        };
        /** @description `slope * label + offset` is on the checkpoint's scale, as `score_error` has it. */
        LabelScaleResponse: {
            /** @enum {string} */
            kind: "nominal" | "moments";
            slope: number;
            offset: number;
        };
        /** @description Every checkpoint, best median SRCC on photographs first. */
        LeaderboardResponse: {
            split_sha256: string;
            seeds: number[];
            rule: components["schemas"]["Rule"];
            checkpoints: components["schemas"]["RowResponse"][];
            /** @description On frozen features. */
            pairwise: components["schemas"]["PairwiseResponse"];
            /** @description On fine-tuned features; null where fewer than two checkpoints were measured there. */
            pairwise_fine_tuned: components["schemas"]["PairwiseResponse"] | null;
        };
        /** @description Where a picture lies on a checkpoint's map. */
        LevelPlace: {
            /** @description The map's address. */
            map: string;
            x: number;
            y: number;
            /** @description Whether the picture is unlike all of the map, so that its place says little. */
            is_far: boolean;
        };
        /** @description A picture under a distortion type at one level, and what a checkpoint says of it. */
        LevelResponse: {
            checkpoint: string;
            score: components["schemas"]["ScoreResponse"];
            variant: string;
            formulation: string;
            /** @description SHA-256 of the weights that gave this score. */
            weights_sha256: string;
            /** @description p(cluster given picture), K; adds up to one. */
            posteriors: number[] | null;
            /** @description Names of the K clusters. */
            cluster_names: string[] | null;
            /** @description log p(embedding): low is unlike the training photographs. */
            log_likelihood: number | null;
            /** @description Percentile of `log_likelihood` among the training photographs: near 0 is unlike all of them. */
            familiarity: number | null;
            /** @description The gate's own output, E; adds up to one. */
            gating_weights: number[] | null;
            /** @description What weighs the experts, E; adds up to one. */
            routing_weights: number[] | null;
            /** @description Attention on the clusters, K, mean over heads. */
            attention_weights: number[] | null;
            /** @description Predicted severities, S, each at least 0. */
            severities: number[] | null;
            /** @description The S distortion groups that the severities are of. */
            severity_names: string[] | null;
            /** @description Empty where the variant has no experts. */
            experts: components["schemas"]["ExpertResponse"][];
            distortion: components["schemas"]["DistortionResponse"] | null;
            image: components["schemas"]["ImageResponse"];
            /** @description Wall time of each stage and in total, in milliseconds. */
            timing_ms: {
                [key: string]: number;
            };
            analysis: string;
            distortion_type: string;
            /** @description 1 (mild) to 5; 0 is the picture itself. */
            level: number;
            /** @description Whether it differs from the picture itself by rounding at most. */
            equals_original: boolean;
            /** @description Null where the checkpoint has no map that may be shown. */
            place: components["schemas"]["LevelPlace"] | null;
            /** @description The pixels that were scored, losslessly; a path on this host, kept for an hour. */
            picture: string;
        };
        /** @description Where to find the analysis and its pictures; paths on this host. */
        Links: {
            self: string;
            page: string;
            /** @description The picture as it was scored, to the pixel, without metadata. */
            picture: string;
            thumbnail: string;
        };
        /** @description A checkpoint's word on overlapping windows, each seen as a picture of its own. R rows, C columns of windows. */
        LocalQualityResponse: {
            analysis: string;
            checkpoint: string;
            /** @description SHA-256 of the weights that gave these scores. */
            weights_sha256: string;
            /** @description Side of a window, in pixels of the picture. */
            window_px: number;
            /** @description From one window to the next; the last may be nearer. */
            stride_px: number;
            rows: components["schemas"]["WindowAxisResponse"];
            columns: components["schemas"]["WindowAxisResponse"];
            /** @description Predicted MOS of each window, 0-100: R rows of C. */
            scores: number[][];
            /** @description Most probable cluster of each window, an index into `cluster_names`; null without clusters. */
            clusters: number[][] | null;
            cluster_names: string[] | null;
            /** @description What was done to the picture before windows were taken, if anything. */
            notes: string[];
        };
        /** @description A map that figures can be asked for. */
        MapChoice: {
            address: string;
            /** @description Its image set. */
            name: string;
            count: number;
        };
        /** @description A map that is stale or damaged, and why. */
        MapFaultResponse: {
            address: string;
            /** @description File at fault, relative to the map's folder or to the checkpoints'. */
            file: string;
            field: string;
            /** @description What was got and what was expected. */
            reason: string;
        };
        /** @description Every map of a checkpoint: those that may be shown, and those that were refused. */
        MapList: {
            checkpoint: string;
            weights_sha256: string;
            maps: components["schemas"]["MapResponse"][];
            refused: components["schemas"]["MapFaultResponse"][];
        };
        /** @description One checkpoint's view of one image set. */
        MapResponse: {
            address: string;
            /** @description Pictures, as many as each column has rows. */
            count: number;
            image_set: components["schemas"]["ImageSetResponse"];
            space: components["schemas"]["SpaceResponse"];
            projection: components["schemas"]["ProjectionResponse"];
            placing: components["schemas"]["PlacingResponse"];
            label_scale: components["schemas"]["LabelScaleResponse"] | null;
            /** @description Names of codes; those of `reference` are in `rows_url`. */
            categories: {
                [key: string]: string[];
            };
            columns: {
                [key: string]: components["schemas"]["ColumnResponse"];
            };
            neighbour_spaces: ("features" | "posteriors")[];
            neighbours_url: string;
        };
        /** @description The baseline of the same size. */
        MatchedResponse: {
            recipe: string;
            parameter_count: number;
            photographs: components["schemas"]["AgainstBaseline"];
            synthetic: components["schemas"]["AgainstBaseline"];
        };
        /** @description The pictures that figures were measured on. */
        MeasuredMap: {
            address: string;
            image_set: string;
            label_kind: ("mos" | "pseudo_mos") | null;
            /** @description How labels were brought to the scores' scale: as they stand, or to their mean and deviation. */
            label_scale: ("nominal" | "moments") | null;
            /** @description Whether the weights name a training set as this image set is called. */
            is_training_data: boolean;
            num_pictures: number;
            num_contents: number;
            num_rated: number;
            /** @description Pictures at `min_visible_level` or above, for agreement and information. */
            num_visible: number;
            min_visible_level: number;
            thumbnails: components["schemas"]["ThumbnailsResponse"];
        };
        /** @description Figures over splits on one kind of features. */
        MeasuredResponse: {
            num_splits: number;
            figures: components["schemas"]["Parts_BoardFigures_"];
            matched_baseline: components["schemas"]["MatchedResponse"] | null;
            /** @description Predictors without a network at home; null where that was not measured. */
            plain: components["schemas"]["Parts_PlainResponse_"] | null;
            /** @description Away from home; empty where that was not measured. */
            away: components["schemas"]["AwayResponse"][];
        };
        /** @description Medians over splits, one per bin. */
        Medians: {
            median: (number | null)[];
        };
        /** @description One checkpoint's figures. */
        MetricsResponse: {
            checkpoint: string;
            recipe: string;
            /** @description Names the splits; predictions of equal splits are of the same pictures. */
            split_sha256: string;
            frozen: components["schemas"]["FeatureFigures"];
            /** @description On fine-tuned features, where that was measured. */
            fine_tuned: components["schemas"]["FeatureFigures"] | null;
        };
        /** @description A distortion type, and a mean absolute error in points. */
        NamedErrorResponse: {
            name: string;
            error: number;
        };
        /** @description The pictures nearest to one of the map, nearest first, without itself. */
        NeighbourList: {
            row: number;
            /** @enum {string} */
            space: "features" | "posteriors";
            /** @description euclidean among the projected points, hellinger (0-1) among posteriors. */
            metric: string;
            /**
             * @description What the distances are between.
             * @enum {string}
             */
            source: "embedding" | "features" | "posteriors";
            neighbours: components["schemas"]["NeighbourResponse"][];
            /** @description Further pictures exactly as near as the last. */
            tied: number;
        };
        /** @description A picture of the map, and how far it is. */
        NeighbourResponse: {
            row: number;
            distance: number;
        };
        /** @description Every checkpoint (row) less every other one (column), C x C in the order of `ids`; null on the diagonal. */
        PairwiseResponse: {
            /** @enum {string} */
            part: "photographs" | "synthetic";
            /** @constant */
            figure: "srcc";
            ids: string[];
            median_difference: (number | null)[][];
            low: (number | null)[][];
            high: (number | null)[][];
            p_value: (number | null)[][];
            p_holm: (number | null)[][];
            num_pairs: (number | null)[][];
            /** @description P of the corrected resampled t-test. */
            p_corrected: (number | null)[][];
            /** @description signed_rank: Wilcoxon's after Holm's correction, and the corrected resampled t-test. corrected_t: that one alone, after the correction, where no p of Wilcoxon's could be small enough. null: too few splits. */
            test: (("signed_rank" | "corrected_t") | null)[][];
            verdict: (("better" | "worse" | "hinted at: better" | "hinted at: worse" | "no difference shown" | "too few splits") | null)[][];
            /** @description Pairs that Holm's correction is over. */
            num_comparisons: number;
            /** @description The smallest p_holm of the most splits and so many pairs. */
            smallest_p_holm: number;
        };
        /** @description The same on photographs with human scores and on synthetic pictures. */
        Parts_BoardFigures_: {
            photographs: components["schemas"]["BoardFigures"];
            synthetic: components["schemas"]["BoardFigures"];
        };
        /** @description The same on photographs with human scores and on synthetic pictures. */
        Parts_PlainResponse_: {
            photographs: components["schemas"]["PlainResponse"];
            synthetic: components["schemas"]["PlainResponse"];
        };
        /** @description The same on photographs with human scores and on synthetic pictures. */
        Parts_ShufflingCost_: {
            photographs: components["schemas"]["ShufflingCost"];
            synthetic: components["schemas"]["ShufflingCost"];
        };
        /** @description The same on photographs with human scores and on synthetic pictures. */
        Parts_int_: {
            photographs: number;
            synthetic: number;
        };
        /** @description Where an uploaded picture lies on a checkpoint's map. */
        PlaceResponse: {
            analysis: string;
            checkpoint: string;
            map: string;
            x: number;
            y: number;
            /** @description Mean distance to the neighbours. */
            distance: number;
            warning_distance: number;
            /** @description Whether the picture is unlike all of the map, so that its place says little. */
            is_far: boolean;
            /** @description The same in words, where it is far. */
            warning: string | null;
            /** @description What placed it, nearest first. */
            neighbours: components["schemas"]["PlacingNeighbourResponse"][];
        };
        /** @description A picture of the map that helped to place another one. */
        PlacingNeighbourResponse: {
            row: number;
            distance: number;
            /** @description Its share in the place; the shares add up to one. */
            weight: number;
        };
        /** @description How many neighbours place a picture, and from which mean distance on it is far from all. */
        PlacingResponse: {
            num_neighbours: number;
            warning_distance: number;
        };
        /** @description SRCC of predictors without a network on the same pictures. */
        PlainResponse: {
            /** @description Ridge regression on the same features of the same training pictures. */
            ridge: components["schemas"]["Spread"] | null;
            /** @description Mean label of type and level over the other references of the set, whose labels it has seen; null where types and levels are unknown. */
            table: components["schemas"]["Spread"] | null;
        };
        /** @description An expert in a few facts. */
        PortraitResponse: {
            name: string;
            /** @description Groups that give it more weight than any other expert. */
            called_for: string[];
            /** @description Groups in which no other expert comes closer to the labels. */
            best_at: string[];
            /** @description Types with its smallest errors. */
            strongest: components["schemas"]["NamedErrorResponse"][];
            /** @description Types with its largest errors. */
            weakest: components["schemas"]["NamedErrorResponse"][];
        };
        /** @description Which checkpoint shall score the kept picture. */
        PredictionRequest: {
            /** @example no_gmm */
            checkpoint: string;
        };
        /** @description Scores of the test photographs of the first split (N each), by the head that was trained on that split. */
        PredictionsResponse: {
            checkpoint: string;
            /** @description As the metrics have it: pictures are compared with those of equal splits alone. Null without readable metrics. */
            split_sha256: string | null;
            ids: string[];
            references: string[];
            classes: string[];
            levels: number[];
            /** @description Human scores, points. */
            labels: number[];
            /** @description Predicted, points. */
            scores: number[];
            /** @description Predictive standard deviations, points. */
            score_stds: number[];
            /** @description Position from 0; null where the variant has no clusters. */
            top_clusters: (number | null)[];
            /** @description Position from 0; null where the variant has no experts. */
            top_experts: (number | null)[];
        };
        /** @description An error, in the shape of RFC 9457. */
        ProblemDetails: {
            /**
             * @description Always about:blank: the title is the status's own phrase.
             * @default about:blank
             */
            type: string;
            /** @description The HTTP status in words. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What was got and what was expected. */
            detail: string;
            /** @description A stable name of this kind of error, for programs. */
            code: string;
            /** @description Names this request in the service's log. */
            request_id: string;
        };
        /** @description How it became two-dimensional. */
        ProjectionResponse: {
            method: string;
            library: string;
            seed: number;
            parameters: {
                [key: string]: string | number;
            };
        };
        /** @description Errors per fifth of the human score, worst first: upper edge, mean absolute and mean signed error, points. */
        QualityErrors: {
            upper_edges: components["schemas"]["Medians"];
            mean_absolute_error: components["schemas"]["Medians"];
            bias: components["schemas"]["Medians"];
        };
        /** @description Every grid that people rated. */
        RatedGridList: {
            grids: components["schemas"]["RatedGridResponse"][];
        };
        /** @description What people said of two distortions, one after the other. */
        RatedGridResponse: {
            name: string;
            database: string;
            first: components["schemas"]["GridAxis"];
            second: components["schemas"]["GridAxis"];
            /** @description End of the database's scale: of a MOS the lower one, of a DMOS the higher. */
            worst: number;
            best: number;
            /** @description By row and column; null where nobody was asked. */
            means: (number | null)[][];
            /** @description Of the means over references. */
            standard_errors: (number | null)[][];
            num_references: number;
        };
        /** @description A content; the column `reference` counts into them. */
        ReferenceResponse: {
            name: string;
            credit: string | null;
            source: string | null;
            /** @description Whether `pictures_url` has pictures of it. */
            has_picture: boolean;
        };
        /** @description A checkpoint folder that failed its checks, and why. */
        RefusalResponse: {
            id: string;
            /** @description File at fault, relative to the folder. */
            file: string;
            /** @description Field at fault within that file. */
            field: string;
            /** @description What was got and what was expected. */
            reason: string;
        };
        /** @description What replacing the routing (or the posteriors) costs on one part, in SRCC. */
        RouterCost: {
            /** @description own, shuffled, uniform, wrong and oracle, over splits. */
            srcc: {
                [key: string]: components["schemas"]["Spread"];
            };
            /** @description Own less shuffled, paired over splits. */
            shuffled_cost: components["schemas"]["Comparison"];
            /** @description Own less uniform, paired over splits. */
            uniform_cost: components["schemas"]["Comparison"];
            /** @description Whether shuffling costs less than `min_cost`. */
            is_decorative: boolean;
            /** @default 0.02 */
            min_cost: number;
        };
        /** @description Interventions on the routing weights, or on the posteriors where there are no experts. */
        RouterResponse: {
            /** @enum {string} */
            replaced: "routing_weights" | "posteriors";
            photographs: components["schemas"]["RouterCost"];
            synthetic: components["schemas"]["RouterCost"];
        };
        /** @description A checkpoint on the leaderboard. */
        RowResponse: {
            id: string;
            variant: string;
            formulation: string;
            title: string;
            parameter_count: number;
            /** @description Place by median SRCC on frozen features, 1 is best. */
            ranks: components["schemas"]["Parts_int_"];
            frozen: components["schemas"]["MeasuredResponse"];
            /** @description On fine-tuned features, where that was measured. */
            fine_tuned: components["schemas"]["MeasuredResponse"] | null;
            /** @description On synthetic pictures, frozen features. */
            srcc_by_type: {
                [key: string]: components["schemas"]["Spread"] | null;
            } | null;
        };
        /** @description When a difference counts as shown. */
        Rule: {
            /**
             * @description Both p have to be below it.
             * @default 0.05
             */
            level: number;
            /**
             * @description Fewest splits for Wilcoxon's signed-rank test.
             * @default 6
             */
            min_splits: number;
            /**
             * @description Fewest for the corrected resampled t-test after Holm, in its place.
             * @default 3
             */
            min_splits_corrected: number;
        };
        /** @description Predicted quality with its uncertainty, and how to read it. */
        ScoreResponse: {
            /**
             * @description Predicted mean opinion score.
             * @example 61.2
             */
            value: number;
            /** @description Predictive standard deviation, in points. */
            std: number;
            /** @description Lower end of the 90 % split-conformal interval. */
            low: number;
            /** @description Upper end of the 90 % split-conformal interval. */
            high: number;
            /** @description Lowest and highest score there can be. */
            range: [
                number,
                number
            ];
            higher_is_better: boolean;
            /** @description ITU-R BT.500's word: bad, poor, fair, good or excellent. */
            word: string;
        };
        /** @description What another picture's weights cost in SRCC: the median of paired differences over splits. */
        ShufflingCost: {
            srcc: number;
            /** @description Whether that is less than a score that depends on its routing pays. */
            is_decorative: boolean;
        };
        /** @description On the rated pictures of a group: how close each expert's own score comes to the labels. */
        SkillResponse: {
            group: string;
            count: number;
            /** @description Mean absolute errors in points, by expert. */
            errors: number[];
            /** @description Spearman's rank correlation, by expert. */
            correlations: (number | null)[];
            /** @description The same of the checkpoint's score. */
            score_error: number;
            score_correlation: number | null;
        };
        /** @description A file of an archive that is no item of the batch. */
        SkippedFile: {
            filename: string;
            /**
             * @description `system-file`: what macOS, Windows, desktops and network drives leave in folders, such as `__MACOSX`, `._*` and `Thumbs.db`; `hidden-file`: its name, or that of a folder above it, begins with a dot.
             * @enum {string}
             */
            reason: "hidden-file" | "system-file";
        };
        /** @description What was projected, and in what space pictures are near each other. */
        SpaceResponse: {
            /** @enum {string} */
            source: "embedding" | "features";
            input_dim: number;
            dim: number;
        };
        /** @description A figure over splits: median, smallest and largest value. */
        Spread: {
            median: number;
            low: number;
            high: number;
        };
        /** @description Sprite sheets: row r is tile r % tiles_per_sheet of sheet r // tiles_per_sheet, row by row. */
        ThumbnailsResponse: {
            tile_px: number;
            /** @description Tiles beside each other. */
            columns: number;
            tiles_per_sheet: number;
            /** @description Addresses of the sheets, which never change. */
            sheets: string[];
        };
        /** @description The cluster that a picture most likely belongs to. */
        TopCluster: {
            name: string;
            posterior: number;
        };
        /** @description The most likely distortion type and its group, both `clean` for none. */
        TopDistortion: {
            type: string;
            group: string;
            probability: number;
        };
        /** @description The expert that has most weight. */
        TopExpert: {
            name: string;
            weight: number;
        };
        /** @description Everything measured on a map's pictures; a part that the variant lacks is null. */
        UsageResponse: {
            experts: components["schemas"]["UseResponse"] | null;
            clusters: components["schemas"]["UseResponse"] | null;
            skill: components["schemas"]["SkillResponse"][] | null;
            portraits: components["schemas"]["PortraitResponse"][] | null;
            /** @description Mean routing weights by top cluster. */
            experts_by_cluster: components["schemas"]["WeightsResponse"][] | null;
            cluster_expert_information: components["schemas"]["InformationResponse"] | null;
            agreement: {
                [key: string]: components["schemas"]["AgreementResponse"];
            } | null;
        };
        /** @description How experts (by routing weights) or clusters (by posteriors) are used. */
        UseResponse: {
            names: string[];
            /** @description They add up to one. */
            mean_weights: number[];
            /** @description Share of pictures for which each has the largest weight. */
            top_shares: number[];
            /** @description Which get less than a tenth of an equal share. */
            dead: number[];
            /** @description exp(entropy of the mean weights): 1 to their number. */
            effective_number: number;
            entropy: components["schemas"]["EntropyResponse"];
            by_group: components["schemas"]["WeightsResponse"][];
            by_type: components["schemas"]["WeightsResponse"][];
            type_information: components["schemas"]["InformationResponse"] | null;
            group_information: components["schemas"]["InformationResponse"] | null;
        };
        /** @description What loading a checkpoint anew brought: null scores and a refusal where it failed. */
        VerificationResponse: {
            checkpoint: string;
            /** @description Score of the golden picture now, in points. */
            golden_score: number | null;
            /** @description The score that config.json remembers. */
            expected_score: number | null;
            /** @description Largest difference that is accepted, in points. */
            tolerance: number;
            refusal: components["schemas"]["RefusalResponse"] | null;
            seconds: number;
        };
        /** @description Mean weights on the pictures of a label, in the order of the names; they add up to one. */
        WeightsResponse: {
            name: string;
            /** @description Pictures of this label. */
            count: number;
            mean_weights: number[];
        };
        /** @description Windows along one side of the picture, and the cells that they speak for; in its pixels. */
        WindowAxisResponse: {
            /** @description First pixel of each window, and the one after its last. */
            spans: [
                number,
                number
            ][];
            /** @description Borders of the cells, one more than windows: they cover the side. */
            edges: number[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AgainstBaseline = components['schemas']['AgainstBaseline'];
export type AgreementFigures = components['schemas']['AgreementFigures'];
export type AgreementResponse = components['schemas']['AgreementResponse'];
export type AnalysisList = components['schemas']['AnalysisList'];
export type AnalysisResponse = components['schemas']['AnalysisResponse'];
export type AnalysisSummary = components['schemas']['AnalysisSummary'];
export type AwayResponse = components['schemas']['AwayResponse'];
export type AwayRoutingResponse = components['schemas']['AwayRoutingResponse'];
export type BicResponse = components['schemas']['BicResponse'];
export type BoardFigures = components['schemas']['BoardFigures'];
export type Body_create_analysis_api_v1_analyses_post = components['schemas']['Body_create_analysis_api_v1_analyses_post'];
export type Bounds = components['schemas']['Bounds'];
export type CardList = components['schemas']['CardList'];
export type CardSummary = components['schemas']['CardSummary'];
export type CardTextResponse = components['schemas']['CardTextResponse'];
export type CellResponse = components['schemas']['CellResponse'];
export type CheckpointList = components['schemas']['CheckpointList'];
export type CheckpointResponse = components['schemas']['CheckpointResponse'];
export type ColumnResponse = components['schemas']['ColumnResponse'];
export type Comparison = components['schemas']['Comparison'];
export type CreditResponse = components['schemas']['CreditResponse'];
export type CurveResponse = components['schemas']['CurveResponse'];
export type DatasetResponse = components['schemas']['DatasetResponse'];
export type DistortionResponse = components['schemas']['DistortionResponse'];
export type EntropyResponse = components['schemas']['EntropyResponse'];
export type ExampleResponse = components['schemas']['ExampleResponse'];
export type ExpertResponse = components['schemas']['ExpertResponse'];
export type ExpertsResponse = components['schemas']['ExpertsResponse'];
export type FeatureFigures = components['schemas']['FeatureFigures'];
export type FileResponse = components['schemas']['FileResponse'];
export type FoldAgreementResponse = components['schemas']['FoldAgreementResponse'];
export type FoldsResponse = components['schemas']['FoldsResponse'];
export type GridAxis = components['schemas']['GridAxis'];
export type HeldOutResponse = components['schemas']['HeldOutResponse'];
export type ImageResponse = components['schemas']['ImageResponse'];
export type ImageSetResponse = components['schemas']['ImageSetResponse'];
export type ImageSetRows = components['schemas']['ImageSetRows'];
export type InformationResponse = components['schemas']['InformationResponse'];
export type IntegrityResponse = components['schemas']['IntegrityResponse'];
export type InterventionsResponse = components['schemas']['InterventionsResponse'];
export type ItemErrorResponse = components['schemas']['ItemErrorResponse'];
export type ItemPage = components['schemas']['ItemPage'];
export type ItemResponse = components['schemas']['ItemResponse'];
export type JobLinks = components['schemas']['JobLinks'];
export type JobList = components['schemas']['JobList'];
export type JobResponse = components['schemas']['JobResponse'];
export type LabelScaleResponse = components['schemas']['LabelScaleResponse'];
export type LeaderboardResponse = components['schemas']['LeaderboardResponse'];
export type LevelPlace = components['schemas']['LevelPlace'];
export type LevelResponse = components['schemas']['LevelResponse'];
export type Links = components['schemas']['Links'];
export type LocalQualityResponse = components['schemas']['LocalQualityResponse'];
export type MapChoice = components['schemas']['MapChoice'];
export type MapFaultResponse = components['schemas']['MapFaultResponse'];
export type MapList = components['schemas']['MapList'];
export type MapResponse = components['schemas']['MapResponse'];
export type MatchedResponse = components['schemas']['MatchedResponse'];
export type MeasuredMap = components['schemas']['MeasuredMap'];
export type MeasuredResponse = components['schemas']['MeasuredResponse'];
export type Medians = components['schemas']['Medians'];
export type MetricsResponse = components['schemas']['MetricsResponse'];
export type NamedErrorResponse = components['schemas']['NamedErrorResponse'];
export type NeighbourList = components['schemas']['NeighbourList'];
export type NeighbourResponse = components['schemas']['NeighbourResponse'];
export type PairwiseResponse = components['schemas']['PairwiseResponse'];
export type Parts_BoardFigures_ = components['schemas']['Parts_BoardFigures_'];
export type Parts_PlainResponse_ = components['schemas']['Parts_PlainResponse_'];
export type Parts_ShufflingCost_ = components['schemas']['Parts_ShufflingCost_'];
export type Parts_int_ = components['schemas']['Parts_int_'];
export type PlaceResponse = components['schemas']['PlaceResponse'];
export type PlacingNeighbourResponse = components['schemas']['PlacingNeighbourResponse'];
export type PlacingResponse = components['schemas']['PlacingResponse'];
export type PlainResponse = components['schemas']['PlainResponse'];
export type PortraitResponse = components['schemas']['PortraitResponse'];
export type PredictionRequest = components['schemas']['PredictionRequest'];
export type PredictionsResponse = components['schemas']['PredictionsResponse'];
export type ProblemDetails = components['schemas']['ProblemDetails'];
export type ProjectionResponse = components['schemas']['ProjectionResponse'];
export type QualityErrors = components['schemas']['QualityErrors'];
export type RatedGridList = components['schemas']['RatedGridList'];
export type RatedGridResponse = components['schemas']['RatedGridResponse'];
export type ReferenceResponse = components['schemas']['ReferenceResponse'];
export type RefusalResponse = components['schemas']['RefusalResponse'];
export type RouterCost = components['schemas']['RouterCost'];
export type RouterResponse = components['schemas']['RouterResponse'];
export type RowResponse = components['schemas']['RowResponse'];
export type Rule = components['schemas']['Rule'];
export type ScoreResponse = components['schemas']['ScoreResponse'];
export type ShufflingCost = components['schemas']['ShufflingCost'];
export type SkillResponse = components['schemas']['SkillResponse'];
export type SkippedFile = components['schemas']['SkippedFile'];
export type SpaceResponse = components['schemas']['SpaceResponse'];
export type Spread = components['schemas']['Spread'];
export type ThumbnailsResponse = components['schemas']['ThumbnailsResponse'];
export type TopCluster = components['schemas']['TopCluster'];
export type TopDistortion = components['schemas']['TopDistortion'];
export type TopExpert = components['schemas']['TopExpert'];
export type UsageResponse = components['schemas']['UsageResponse'];
export type UseResponse = components['schemas']['UseResponse'];
export type VerificationResponse = components['schemas']['VerificationResponse'];
export type WeightsResponse = components['schemas']['WeightsResponse'];
export type WindowAxisResponse = components['schemas']['WindowAxisResponse'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
